import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { envOf, kept, type Store } from './stores.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS_MAX = 300_000;

export type Served = {
  store: Store;
  address: string;
  authorization: string;
  /** Of the web process, in MB. */
  memory(): Promise<number>;
  stop(): Promise<void>;
};

/** Tidemark on a store, as `npm start` has it, with its worker. The first start builds the pages. */
export async function serveStore(url: string, store: Store, port: number): Promise<Served> {
  const env = { ...envOf(url, store), PORT: String(port) };
  const key = await kept(`${store.name}.key`, () => makeKey(env));
  const server = spawn(process.execPath, ['bin/start.mjs'], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const address = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  };
  await untilReady(server, address);
  return { store, address, authorization: `Bearer ${key}`, memory: () => memoryOf(server.pid ?? 0), stop };
}

async function makeKey(env: NodeJS.ProcessEnv): Promise<string> {
  const given = [
    '--import',
    './bin/typescript.mjs',
    'server/api-key-cli.ts',
    'create',
    '--name',
    'bench',
    '--role',
    'operator',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, given, { cwd: ROOT, env });
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function untilReady(server: ChildProcess, address: string): Promise<void> {
  const until = performance.now() + READY_MS_MAX;
  for (;;) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (server.exitCode !== null || performance.now() > until) {
      server.kill('SIGKILL');
      throw new Error(`Tidemark did not start at ${address}; its messages stand above`);
    }
    await pause(250);
  }
}

async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) / 1024;
}
