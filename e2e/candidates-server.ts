import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

const DATA = '.data/e2e-candidates';
const READY_MS = 180_000;
const STOP_MS = 20_000;

export type CandidatesServer = { url: string; stop(): Promise<void> };

/**
 * A Tidemark of its own with candidate versions beside the shipped ones and a history of some thousand orders. Stories of
 * it switch readers, which no other story must see.
 */
export async function startWithCandidates(port: number): Promise<CandidatesServer> {
  await rm(DATA, { recursive: true, force: true });
  const environment = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    TIDEMARK_DATA_DIR: DATA,
    TIDEMARK_WORKER: 'inline',
    TIDEMARK_CANDIDATES: 'examples/candidates/orders.ts',
    DATABASE_URL: '',
  };
  const server = spawn(process.execPath, ['bin/start.mjs'], { env: environment, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await until(`${url}/readyz`, (response) => response.ok);
  const seed = spawn('npm', ['run', '-s', 'seed', '--', '--events', '30000', '--streams', '9000', '--seed', '7'], {
    env: environment,
    stdio: 'ignore',
  });
  const [code] = await once(seed, 'exit');
  if (code !== 0) throw new Error(`the seed ended with ${code}`);
  // What readers ask is written down, ten requests a second at most, and asked of both versions later.
  for (const status of ['cancelled', 'returned', 'confirmed', 'placed', 'unknown']) {
    await fetch(`${url}/api/v1/read-models/orders?status=${status}&limit=50`);
  }
  return {
    url,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Asks until the answer is as wanted. */
async function until(url: string, wanted: (response: Response) => boolean): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined && wanted(response)) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer as wanted in ${READY_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
