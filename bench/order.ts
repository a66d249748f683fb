import { runOrder } from '#testing/order-run.ts';
import type { Bench } from './bench.ts';

/** Skipped, repeated, inverted of 60,000 appends by 16 writers in 2 processes, with rollbacks and slow transactions. */
export const order: Bench = async ({ url }) => {
  const run = await runOrder({ url, schema: 'tidemark', processes: 2, writers: 8, appends: 60_000 });
  return { figures: { ...run, appendsPerSecond: Math.round(run.appended / run.seconds) }, rounds: 1 };
};
