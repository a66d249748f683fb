// Every check and test, on a fresh clone too: packages, static checks, unit and integration tests on a real Postgres,
// the build, the end-to-end stories in a real browser. Says at the end what each took.
import { findBrowser } from './find-browser.mjs';
import { installWhatIsMissing, run } from './install.mjs';
import { showUsageWhereAsked } from './usage.mjs';

const USAGE = `npm test    every check and test, one stage after the other: static checks, unit and integration tests, stories in a browser
  TIDEMARK_TEST_BROWSER        a Chromium to take (else one is found or installed)
  TIDEMARK_TEST_DATABASE_URL   a Postgres for the integration tests (else an embedded one)
  TIDEMARK_E2E_PORT            where the server of the stories answers (3210)`;

showUsageWhereAsked(USAGE);

const started = performance.now();
const taken = [];

await installWhatIsMissing();
await stage('check', 'node', ['bin/check.mjs']);
await stage('unit and integration', 'node_modules/.bin/vitest', ['run']);
const browser = await findBrowser();
await stage('end to end', 'node_modules/.bin/playwright', ['test'], {
  env: { ...process.env, TIDEMARK_TEST_BROWSER: browser },
  // At SIGTERM Playwright dies on the spot, and the server that it started lives on.
  stopBy: 'SIGINT',
});

for (const { name, seconds } of taken) console.log(`${name}: ${seconds.toFixed(0)} s`);
console.log(`all checks and tests passed in ${((performance.now() - started) / 1000).toFixed(0)} s`);

async function stage(name, command, args, options) {
  const from = performance.now();
  console.log(`\n== ${name}`);
  const executable = command === 'node' ? process.execPath : command;
  const code = await run(executable, args, options);
  taken.push({ name, seconds: (performance.now() - from) / 1000 });
  if (code !== 0) {
    console.error(`\n${name} failed (exit code ${code})`);
    process.exit(1);
  }
}
