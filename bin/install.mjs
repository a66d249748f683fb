// Installs node_modules where they are missing or of another lock file. Plain JavaScript without dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isInstalled } from './installed.mjs';

const LOCKS = ['package-lock.json', 'node_modules/.package-lock.json'];
const STAMP = 'node_modules/.tidemark-lock';

/** Resolves when the packages of this lock file are installed; true where it had to install. */
export async function installWhatIsMissing() {
  refuseOldNode();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfLocks()) return false;
  if (isInstalled()) {
    writeFileSync(STAMP, hashOfLocks());
    return false;
  }
  console.log('Installing packages (npm ci), a minute or so …');
  // `npm start` sets NODE_ENV=production, with which npm would leave out what `npm test` needs, under the same stamp.
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}; its message stands above`);
  writeFileSync(STAMP, hashOfLocks());
  return true;
}

/** Over the lock file and over what npm says it installed, so that neither changes unseen. */
function hashOfLocks() {
  const hash = createHash('sha256');
  for (const path of LOCKS) if (existsSync(path)) hash.update(readFileSync(path));
  return hash.digest('hex');
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Tidemark needs Node 20.19 or later; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Runs a program with its output shown here; resolves with its exit code. A signal to us ends it too, and then us.
 * `stopBy`: the one signal that it ends in order at.
 */
export function run(command, args, { stopBy, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    let asked = 0;
    const end = (signal, number) => {
      asked = 128 + number;
      child.kill(stopBy ?? signal);
    };
    const [interrupt, terminate] = [() => end('SIGINT', 2), () => end('SIGTERM', 15)];
    process.on('SIGINT', interrupt).on('SIGTERM', terminate);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', interrupt).off('SIGTERM', terminate);
      if (asked > 0) process.exit(asked);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}
