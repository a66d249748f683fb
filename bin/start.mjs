// Starts Tidemark, on a fresh clone too: packages, the build of the pages, then the server in this same process, so
// that a signal to it reaches everything. Plain JavaScript, because nothing else can run before the packages are there.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWhatIsMissing, run } from './install.mjs';
import { showUsageWhereAsked } from './usage.mjs';

const BUILT_FROM = [
  'app',
  'console',
  'next.config.ts',
  'postcss.config.mjs',
  'package-lock.json',
  'tsconfig.next.json',
];
const STAMP = '.next/tidemark-sources';
const USAGE = `npm start      installs and builds what is missing, starts Tidemark, runs until Ctrl+C
npm run dev    the same, with pages compiled as they are asked for
  Settings are environment variables (PORT, HOST, DATABASE_URL, TIDEMARK_DATA_DIR …): docs/operating.md has them all.`;

showUsageWhereAsked(USAGE);

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
process.env.NEXT_TELEMETRY_DISABLED = '1';
const dev = process.argv.includes('--dev');
if (!dev) process.env.NODE_ENV = 'production';

try {
  await installWhatIsMissing();
  if (!dev) await buildWhatChanged();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import('./typescript.mjs');
const { main } = await import('#server/main.ts');
await main({ dev });

async function buildWhatChanged() {
  const sources = hashOf(BUILT_FROM);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  console.log('Building the pages of the console (next build), a minute or so …');
  const stdio = ['ignore', 'ignore', 'inherit'];
  const code = await run('node_modules/.bin/next', ['build'], { stdio });
  if (code !== 0) throw new Error(`next build failed with exit code ${code}; its message stands above`);
  writeFileSync(STAMP, sources);
}

/** Over names and contents, so that a branch switch builds and a touched file does not. */
function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
