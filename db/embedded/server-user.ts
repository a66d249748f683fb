import { readFileSync } from 'node:fs';

/** Whom the server runs as where this process is root, which Postgres refuses to be. */
export type ServerUser = { name: string; uid: number; gid: number };

const CANDIDATES = ['postgres', 'nobody'];

/** Undefined where this process is an ordinary user: the server then runs as the same. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const found = users.find((fields) => fields[0] === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error('Postgres does not run as root, and there is no user postgres or nobody to run it as');
}
