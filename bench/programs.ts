import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian keeps what comes with a server, one folder a version. */
const DEBIAN = '/usr/lib/postgresql';

export type ProgramName = 'pgbench' | 'psql';

/** A program of Postgres on this machine, on the path or where Debian puts it; undefined where there is none. */
export function findProgram(name: ProgramName): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
