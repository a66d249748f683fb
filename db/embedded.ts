import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import {
  CLUSTER_USER,
  type Cluster,
  clusterPassword,
  ensureCluster,
  isMade,
  runningServer,
  startServer,
} from './embedded/cluster.ts';
import { isAlive, waitUntil } from './embedded/process-state.ts';
import { findServerFiles, reachableClusterFolder, reachableServerFiles } from './embedded/server-files.ts';
import { serverUser } from './embedded/server-user.ts';

export { AlreadyRunningError, runningAddress, takeStartLock } from './embedded/start-lock.ts';

export type EmbeddedPostgres = {
  url: string;
  /** The folder of its files. */
  folder: string;
  /** Whether it ran already, left by a run that was killed. */
  adopted: boolean;
  /** What is not as one would expect, in sentences for the log. */
  notes: string[];
  /** Ends the server within some 8 seconds: in order, and where that hangs at once (the next start then recovers). */
  stop(): Promise<void>;
};

const DATABASE = 'tidemark';
const START_MS_MAX = 60_000;
const ADOPT_MS_MAX = 5000;
const STOP_MS_MAX = 7000;

/** Starts the embedded PostgreSQL with its data below `dataDir`, or adopts the one that runs there. */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const user = serverUser();
  const programs = reachableServerFiles(findServerFiles(), user);
  const password = clusterPassword(dataDir);
  const files = reachableClusterFolder(dataDir, { user, password });
  const cluster: Cluster = { folder: files.folder, programs: programs.folder, user, password };
  const notes: string[] = [];
  if (programs.moved)
    notes.push(`Postgres runs as ${user?.name}, which can't reach this folder: its programs are in ${programs.folder}`);
  if (files.moved)
    notes.push(`Postgres runs as ${user?.name}, which can't reach ${dataDir}: its data is in ${files.folder}`);

  const found = runningServer(cluster.folder);
  if (found !== undefined) {
    const answers = await waitUntil(() => canConnect(urlOf(cluster, found.port, 'postgres')), ADOPT_MS_MAX);
    if (!answers) {
      throw new Error(
        `a Postgres server (process ${found.pid}) holds ${cluster.folder} and does not answer; end that process`,
      );
    }
    return running(cluster, found, { adopted: true, notes });
  }
  await ensureCluster(cluster);
  const logFile = join(dataDir, 'postgres.log');
  const started = await startServer(cluster, logFile);
  const up = await waitUntil(
    async () => !isAlive(started.pid) || canConnect(urlOf(cluster, started.port, 'postgres')),
    START_MS_MAX,
  );
  if (!up || !isAlive(started.pid)) {
    await end(started.pid);
    throw new Error(`the embedded Postgres did not start:\n${tailOf(logFile)}`);
  }
  return running(cluster, started, { adopted: false, notes });
}

/** The address of the server that runs on `dataDir`; undefined where none does. For programs beside a running one. */
export function findEmbeddedPostgres(dataDir: string): string | undefined {
  const kept = findCluster(dataDir);
  const found = kept && runningServer(kept.folder);
  return found && urlOf(kept, found.port, DATABASE);
}

/** Whether a start made its database here, running or not. */
export function hasEmbeddedPostgres(dataDir: string): boolean {
  const kept = findCluster(dataDir);
  return kept !== undefined && isMade(kept.folder);
}

function findCluster(dataDir: string): { folder: string; password: string } | undefined {
  if (!existsSync(join(dataDir, 'postgres-password'))) return undefined;
  const password = clusterPassword(dataDir);
  return { folder: reachableClusterFolder(dataDir, { user: serverUser(), password }).folder, password };
}

async function running(
  cluster: Cluster,
  { pid, port }: { pid: number; port: number },
  rest: { adopted: boolean; notes: string[] },
): Promise<EmbeddedPostgres> {
  await ensureDatabase(urlOf(cluster, port, 'postgres'));
  return {
    ...rest,
    url: urlOf(cluster, port, DATABASE),
    folder: cluster.folder,
    stop: () => end(pid),
  };
}

async function end(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitUntil(() => !isAlive(pid), STOP_MS_MAX)) return;
  signal(pid, 'SIGQUIT');
  await waitUntil(() => !isAlive(pid), 1000);
}

function urlOf({ password }: { password: string }, port: number, database: string): string {
  return `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${database}`;
}

async function canConnect(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  const answer = sql`select 1`.then(
    () => true,
    () => false,
  );
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3000).unref());
  const connected = await Promise.race([answer, late]);
  await sql.end({ timeout: 0 });
  return connected;
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A server's own stop signals: SIGINT for fast (rolls back, checkpoints), SIGQUIT for immediate. */
function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

function tailOf(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n') : 'it left no log';
}
