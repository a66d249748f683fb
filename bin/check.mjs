// Every static check, side by side; prints what failed and exits 1. `npm run check` stays under a minute.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installWhatIsMissing } from './install.mjs';
import { showUsageWhereAsked } from './usage.mjs';

const FOLDERS = ['server', 'db', 'console', 'app', 'testing', 'bench', 'e2e', 'examples'].filter((folder) =>
  existsSync(folder),
);

const CHECKS = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['promises, switches, sizes', 'oxlint', ['--type-aware', '--deny-warnings', '.']],
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  ['who imports whom', 'depcruise', ['--config', '.dependency-cruiser.mjs', ...FOLDERS]],
  ['unused code', 'knip', ['--no-progress']],
  ['lock file', 'node', ['bin/complete-lock.mjs', '--check']],
];

showUsageWhereAsked(
  'npm run check    every static check: format, lint, types, who imports whom, unused code, lock file',
);
await installWhatIsMissing();
const results = await Promise.all(CHECKS.map(([name, command, args]) => runCheck(name, command, args)));
for (const { name, ok, output, seconds } of results) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output);
}
process.exit(results.every((result) => result.ok) ? 0 : 1);

function runCheck(name, command, args) {
  const started = performance.now();
  const executable = command === 'node' ? process.execPath : `node_modules/.bin/${command}`;
  const env = { ...process.env, FORCE_COLOR: '0' };
  return new Promise((resolve) => {
    const child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ name, ok: false, output: String(error), seconds: 0 }));
    child.on('close', (code) =>
      resolve({ name, ok: code === 0, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}
