import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ProjectionsStatus } from '#server/projections/status.ts';

const TURN_MS = 50;

/** A worker in a process of its own that runs one projection; resolves once it has begun. */
export function startWorker(url: string, schema: string, name: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./projection-worker.ts', import.meta.url));
  const child = fork(script, [url, schema, name], { execArgv: ['--import', './bin/typescript.mjs'] });
  return new Promise((resolve) => {
    child.once('message', () => resolve(child));
  });
}

/** Seconds until a version can be promoted, or serves and has caught up. */
export async function untilFilled(
  status: () => Promise<ProjectionsStatus>,
  name: string,
  version: number,
): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { projections } = await status();
    const projection = projections.find((one) => one.name === name);
    const found = projection?.versions.find((one) => one.version === version);
    const done = found?.state === 'serving' ? found.eventsHandled > 0 && found.lagEvents === 0 : found?.promotable;
    if (done) return (performance.now() - startedAt) / 1000;
    await pause(TURN_MS);
  }
}
