import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ProjectionsStatus } from '#server/projections/status.ts';

const TURN_MS = 50;

/** A worker of its own process that builds `orders` alone. */
export function startOrdersWorker(url: string, schema: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./orders-worker.ts', import.meta.url));
  const child = fork(script, [url, schema], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve) => {
    child.once('message', () => resolve(child));
  });
}

/** Seconds until a version of `orders` can be promoted, or serves and has caught up. */
export async function untilPassed(status: () => Promise<ProjectionsStatus>, version: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { projections } = await status();
    const orders = projections.find((one) => one.name === 'orders');
    const found = orders?.versions.find((one) => one.version === version);
    const done = found?.state === 'serving' ? found.eventsHandled > 0 && found.lagEvents === 0 : found?.promotable;
    if (done) return (performance.now() - startedAt) / 1000;
    await pause(TURN_MS);
  }
}
