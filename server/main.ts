import { createRequire } from 'node:module';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AlreadyRunningError, type EmbeddedPostgres, startEmbeddedPostgres, takeStartLock } from '#db/embedded.ts';
import { loadCandidates } from './candidates.ts';
import { type Env, readEnv, SettingError } from './env.ts';
import { drain } from './http/drain.ts';
import { createFront, type PageHandler } from './http/front.ts';
import { createLog } from './http/log.ts';
import { type WatchedWorker, watchWorker } from './http/watch-worker.ts';
import { keepLocalKey } from './identity/local-key.ts';
import { TidemarkError } from './kernel/errors.ts';
import { WrongSecretError } from './privacy/server-secret.ts';
import { createRuntime, type Runtime } from './runtime.ts';

/** Everything ends within this, in order or not. */
const STOP_MS_MAX = 9500;
const DRAIN_MS = 3000;

/**
 * Starts Tidemark and keeps it until a signal. What had begun when a start failed, or when a signal came in the middle of
 * it, is ended too. `dev`: pages are compiled as they are asked for.
 */
export async function main({ dev }: { dev: boolean }): Promise<void> {
  const shutdown = new AbortController();
  const undo: (() => unknown)[] = [];
  const starting = start({ dev, shutdown: shutdown.signal, undo });
  async function stop(code: number): Promise<void> {
    if (shutdown.signal.aborted) return;
    shutdown.abort();
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    await starting.catch(() => {});
    await undoAll(undo);
    process.exit(code);
  }
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  try {
    await starting;
  } catch (error) {
    const kinds = [AlreadyRunningError, SettingError, WrongSecretError, TidemarkError];
    const expected = kinds.some((kind) => error instanceof kind);
    console.error(expected || !(error instanceof Error) ? String(error).replace(/^\w*Error: /, '') : error);
    await stop(1);
  }
}

/** Adds to `undo` how each part ends, in the order in which they begin. */
async function start({ dev, shutdown, undo }: { dev: boolean; shutdown: AbortSignal; undo: (() => unknown)[] }) {
  const startedAt = performance.now();
  const env = readEnv();
  const log = createLog(env.logLevel);
  const { address } = env;

  let embedded: EmbeddedPostgres | undefined;
  if (env.databaseUrl === undefined) {
    const lock = takeStartLock(env.dataDir, address);
    undo.push(() => lock.release());
    await expectFreePort(env);
    embedded = await startEmbeddedPostgres(env.dataDir);
    undo.push(() => embedded?.stop());
    if (embedded.adopted) console.log('Adopted the Postgres that an earlier run left behind.');
    for (const note of embedded.notes) console.log(note);
  }
  const url = embedded?.url ?? env.databaseUrl ?? '';
  let worker: WatchedWorker | undefined;
  const runtime: Runtime = await createRuntime({
    url,
    schema: env.schema,
    embedded: embedded !== undefined,
    secret: env.secret,
    previousSecret: env.previousSecret,
    workerState: () => worker?.state() ?? { state: 'off', restarts: 0 },
    alerts: { webhook: env.webhook },
    candidates: await loadCandidates(env.candidates),
    identity: {
      publicUrl: env.publicUrl,
      firstDelayMs: env.signInDelayMs,
      mayPutOff: env.localOnly,
    },
    shutdown,
  });
  undo.push(() => runtime.close());
  if (env.worker === 'inline') {
    const watched = watchWorker(fileURLToPath(new URL('./worker.ts', import.meta.url)), (how) =>
      log.warn(how, 'the worker ended; it is started again'),
    );
    worker = watched;
    undo.push(() => watched.stop());
  }

  const localKey = env.localOnly ? await keepLocalKey(runtime.database, env.dataDir) : undefined;
  const pages = await openPages(dev, env);
  const server = createFront({
    services: runtime.services,
    authenticate: runtime.services.identity.authenticate,
    pages,
    publicUrl: env.publicUrl,
    dev,
    log,
  });
  await listen(server, env);
  undo.push(() => drain(server, DRAIN_MS));

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const firstLink = await runtime.services.identity.firstLink();
  console.log(`\n  Tidemark  ${env.publicUrl ?? address}\n`);
  if (firstLink !== undefined) {
    console.log(`  begin at  ${env.publicUrl ?? address}/welcome#${firstLink}`);
    console.log('            makes the first administrator, once, within a day; each start makes a new link\n');
  }
  console.log(`  data      ${embedded?.folder ?? `${new URL(url).host}, schema ${env.schema}`}`);
  console.log(`  API       ${address}/api/v1/openapi.json, with a key: Authorization: Bearer <key>`);
  if (localKey !== undefined) console.log(`  API key   ${localKey}, of role operator, for programs on this machine`);
  console.log(`  ready in  ${seconds} s. Ctrl+C stops everything.\n`);
}

/** Before a cluster is made for nothing; the listening at the end is the judge. */
async function expectFreePort(env: Env): Promise<void> {
  const probe = createServer();
  await listen(probe, env);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(server: Server, { port, host }: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new SettingError(`PORT=${port} is taken by another program; give another PORT.`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function openPages(dev: boolean, { host, port }: { host: string; port: number }): Promise<PageHandler> {
  // Next is CommonJS, and its default export is the function only by require.
  const next = createRequire(import.meta.url)('next') as typeof import('next').default;
  const dir = fileURLToPath(new URL('..', import.meta.url));
  const app = next({ dev, dir, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (request, response) => handle(request, response);
}

/** Ends everything that was started, last first. */
async function undoAll(undo: (() => unknown)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      console.error(error);
    }
  }
}
