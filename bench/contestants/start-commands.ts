import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadCandidates } from '#server/candidates.ts';
import { createRuntime, type Runtime } from '#server/runtime.ts';

export const SCHEMA = 'tidemark';

/** The web process's parts in this process, as `npm start` puts them together, on a database that may be empty. */
export async function startRuntime(url: string, shutdown: AbortSignal, candidates?: string): Promise<Runtime> {
  return createRuntime({
    url,
    schema: SCHEMA,
    embedded: true,
    secret: 'a secret of at least 32 characters',
    workerState: () => ({ state: 'running', restarts: 0 }),
    candidates: await loadCandidates(candidates),
    shutdown,
  });
}

/** The worker as `npm start` runs it, in a process of its own: every projection and process manager. */
export async function startWorker(url: string): Promise<{ stop(): void }> {
  const child = fork(fileURLToPath(new URL('../../server/worker.ts', import.meta.url)), {
    execArgv: ['--import', './bin/typescript.mjs'],
    env: { ...process.env, DATABASE_URL: url, TIDEMARK_SCHEMA: SCHEMA, TIDEMARK_SECRET: 'x'.repeat(32) },
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return { stop: () => child.disconnect() };
}
