import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./peers/', import.meta.url));
const STAMP = `${FOLDER}node_modules/.tidemark-lock`;

/** Installs the peers of bench/peers where they are missing or of another lock file; false where that fails. */
export async function installPeers(progress: (text: string) => void): Promise<boolean> {
  const wanted = createHash('sha256')
    .update(readFileSync(`${FOLDER}package-lock.json`))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return true;
  progress('installing the peers (npm ci in bench/peers)');
  const code = await new Promise<number | null>((resolve) => {
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const child = spawn('npm', args, { cwd: FOLDER, stdio: ['ignore', 2, 2] });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  if (code !== 0) return false;
  writeFileSync(STAMP, wanted);
  return true;
}
