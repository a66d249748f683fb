import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contestant, ContestantModule } from './contestant.ts';
import type { Comparison } from './measurement.ts';
import { MEASUREMENTS } from './measurements.ts';

/**
 * One contestant in a process of its own, so that none pays for what another does to shared modules (Act and Emmett
 * both put parsers of their own into pg), to the heap or to the event loop.
 */
export type ToContestant =
  | {
      call: 'prepare';
      measurement: string;
      cases: string[];
      options: { rounds: number; seconds: number; quick: boolean };
    }
  | { call: 'turn'; measurement: string; caseName: string; parameters: Record<string, number>; seconds: number };

export type FromContestant = { ready: true } | { result: unknown } | { error: string };

const [name = '', url = ''] = process.argv.slice(2);
const [module, variant = ''] = name.split(':');

async function load(): Promise<ContestantModule> {
  const ours = fileURLToPath(new URL(`./contestants/${module}.ts`, import.meta.url));
  const path = existsSync(ours) ? ours : fileURLToPath(new URL(`./peers/${module}.mjs`, import.meta.url));
  return (await import(path)) as ContestantModule;
}

async function answer(contestant: Contestant, message: ToContestant): Promise<unknown> {
  const measurement = MEASUREMENTS[message.measurement] as Comparison;
  if (message.call === 'turn') return measurement.turn(contestant, { ...message, url });
  const cases = measurement.cases({ ...message.options, progress: () => {} });
  const wanted = Object.entries(cases).filter(([caseName]) => message.cases.includes(caseName));
  return measurement.prepare?.(contestant, Object.fromEntries(wanted));
}

function send(message: FromContestant): void {
  process.send?.(message);
}

const failed = (error: unknown) =>
  send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });

try {
  const { setup, connect } = await load();
  await setup(url);
  const contestant = await connect(url, variant);
  process.on('message', (message: ToContestant) => {
    answer(contestant, message).then((result) => send({ result }), failed);
  });
  process.on('disconnect', () => process.exit(0));
  send({ ready: true });
} catch (error) {
  failed(error);
}
