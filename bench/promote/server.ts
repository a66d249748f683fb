import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openRawClient, type RawClient, rawRequest } from '#bench/raw-http.ts';

const CANDIDATES = fileURLToPath(new URL('./marked-orders.ts', import.meta.url));
const WEB = fileURLToPath(new URL('../contestants/serve-tidemark.ts', import.meta.url));
const WORKER = fileURLToPath(new URL('../../server/worker.ts', import.meta.url));
const options = { execArgv: ['--import', './bin/typescript.mjs'] };

/** Requests at once; more are not begun. */
export const AT_ONCE = 64;

/** A web process and a worker as `npm start` has them, to be killed; without pages. */
export function createServer(url: string) {
  let web: ChildProcess | undefined;
  let worker: ChildProcess | undefined;
  let client: Promise<RawClient> = Promise.reject(new Error('not started'));
  client.catch(() => {});

  async function startWorker(): Promise<void> {
    const env = {
      ...process.env,
      DATABASE_URL: url,
      TIDEMARK_SCHEMA: 'tidemark',
      TIDEMARK_SECRET: 's'.repeat(32),
      TIDEMARK_CANDIDATES: CANDIDATES,
    };
    worker = fork(WORKER, { ...options, env });
    await once(worker, 'message');
  }

  async function startWeb(): Promise<RawClient> {
    web = fork(WEB, [url, CANDIDATES], options);
    const [told] = (await once(web, 'message')) as [{ port: number }];
    return openRawClient(told.port, AT_ONCE);
  }

  return {
    async start(): Promise<void> {
      client = startWeb();
      await Promise.all([client, startWorker()]);
    },
    /** SIGKILL to the web process, and to the worker too where that is wanted; starts what was killed. */
    async restart(withWorker: boolean): Promise<void> {
      await Promise.all((withWorker ? [web, worker] : [web]).map(kill));
      (await client).close();
      client = startWeb();
      await Promise.all([client, withWorker ? startWorker() : undefined]);
    },
    async stop(): Promise<void> {
      (await client).close();
      await Promise.all([web, worker].map(kill));
    },
    /** One request by REST, when the server is there; undefined where it ended before it answered. */
    async ask(path: string, body?: object): Promise<{ status: number; body: unknown } | undefined> {
      const request = rawRequest(`/api/v1${path}`, body);
      try {
        const answer = await (await client).ask(request);
        return { status: answer.status, body: JSON.parse(answer.body) };
      } catch {
        return undefined;
      }
    },
  };
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export type Server = ReturnType<typeof createServer>;
