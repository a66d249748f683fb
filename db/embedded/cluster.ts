import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './process-state.ts';
import type { ServerUser } from './server-user.ts';

/** The operator's name within the embedded cluster. */
export const CLUSTER_USER = 'tidemark';

export type Cluster = {
  /** Folder of the cluster's files. */
  folder: string;
  /** Folder of the server's programs. */
  programs: string;
  user: ServerUser | undefined;
  password: string;
};

// Settings go into a file, not into flags, so that a server started by hand from the same folder has them too.
const SETTINGS = `listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 120
shared_buffers = 256MB
max_wal_size = 2GB
wal_compression = on
track_activity_query_size = 4096
log_min_messages = warning
`;

/** The password of the cluster, made once and kept where only the owner of the data directory reads it. */
export function clusterPassword(dataDir: string): string {
  const path = join(dataDir, 'postgres-password');
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

/** Makes the cluster where there is none; a half-made one, of a start that was killed, is made anew. */
export async function ensureCluster({ folder, programs, user, password }: Cluster): Promise<void> {
  if (isMade(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const scratch = await mkdtemp(join(tmpdir(), 'tidemark-'));
  const passwordFile = join(scratch, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [folder, scratch, passwordFile]) chownSync(path, user.uid, user.gid);
  const args = ['-D', folder, '-U', CLUSTER_USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  try {
    await promisify(execFile)(
      join(programs, 'bin', 'initdb'),
      [...args, '--locale-provider=builtin', '--locale=C.UTF-8'],
      {
        cwd: folder,
        ...identity(user),
      },
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  appendFileSync(join(folder, 'postgresql.conf'), "\ninclude 'tidemark.conf'\n");
  writeSettings(folder, user, 0);
}

/** Whether a cluster is whole: its settings are written last. */
export function isMade(folder: string): boolean {
  return existsSync(join(folder, 'tidemark.conf'));
}

function writeSettings(folder: string, user: ServerUser | undefined, port: number): void {
  const path = join(folder, 'tidemark.conf');
  writeFileSync(path, `${SETTINGS}port = ${port}\n`, { mode: 0o600 });
  if (user) chownSync(path, user.uid, user.gid);
}

/** Starts the server on a free port, the one it had before where that is free. Its log goes to `logFile`. */
export async function startServer(
  { folder, programs, user }: Cluster,
  logFile: string,
): Promise<{ pid: number; port: number }> {
  const port = await freePort(portBefore(folder));
  writeSettings(folder, user, port);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(join(programs, 'bin', 'postgres'), ['-D', folder], {
    // A group of its own: Ctrl+C in the terminal is for us, and we stop the server when all else has ended.
    detached: true,
    cwd: folder,
    stdio: ['ignore', log, log],
    ...identity(user),
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  child.unref();
  return { pid, port };
}

/** The server that runs on these files, if one does: from the first and fourth lines of its `postmaster.pid`. */
export function runningServer(folder: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return pid > 1 && port > 0 && isAlive(pid) ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

function identity(user: ServerUser | undefined) {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

function portBefore(folder: string): number {
  return Number(/^port = (\d+)$/m.exec(readFileSync(join(folder, 'tidemark.conf'), 'utf8'))?.[1] ?? 0);
}

async function freePort(wanted: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
      });
    });
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port === undefined) throw new Error('no free port on 127.0.0.1 for the embedded Postgres');
  return port;
}
