import { defineConfig } from '@playwright/test';
import { SIGNED_IN } from './e2e/sign-in.ts';

const port = Number(process.env.TIDEMARK_E2E_PORT ?? 3210);

/** Stories that stop, slow or forbid something for everybody, or watch everything that happens: nothing runs beside them. */
const ALONE = ['act-on-projections', 'fulfil-an-order', 'govern', 'lag', 'repair-projections', 'watch-live'].map(
  (name) => `**/${name}.spec.ts`,
);

/** Stories in a real browser against the real thing: `npm start` on a data directory of its own. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/global-setup.ts',
  // Stories share one server and each makes its own streams. Most of a story's time is waiting, so two run at a time.
  workers: 2,
  projects: [
    { name: 'together', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE, workers: 1, dependencies: ['together'] },
  ],
  // No story is about time but those that say so themselves; a slow machine takes seconds for what is a moment's work.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // Two stories at a time load two cores to the brim: one that fails is told once more, and is reported as flaky then.
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    storageState: SIGNED_IN,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.TIDEMARK_TEST_BROWSER,
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
  webServer: {
    command: 'npm start',
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 180_000,
    reuseExistingServer: !process.env.CI,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    env: {
      PORT: String(port),
      HOST: '127.0.0.1',
      TIDEMARK_DATA_DIR: '.data/e2e',
      TIDEMARK_WORKER: 'inline',
      // Delays after wrong passwords are waited for; the real ones begin at 2 s.
      TIDEMARK_SIGN_IN_DELAY_MS: '100',
      DATABASE_URL: '',
    },
  },
});
