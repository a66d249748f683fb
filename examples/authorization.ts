import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The header by which a program comes in: the key of `TIDEMARK_API_KEY`, or, where Tidemark is on this machine, the one that
 * `npm start` keeps in its data directory. That one goes nowhere else.
 */
export function authorizationFor(
  url: string,
  dataDir = process.env.TIDEMARK_DATA_DIR ?? '.data',
): { authorization: string } | Record<string, never> {
  const file = join(dataDir, 'api-key');
  const here = THIS_MACHINE.test(new URL(url).hostname) && existsSync(file);
  const key = process.env.TIDEMARK_API_KEY || (here ? readFileSync(file, 'utf8') : '');
  return key === '' ? {} : { authorization: `Bearer ${key}` };
}
