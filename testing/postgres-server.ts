import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#db/embedded.ts';

/** Gives the integration tests a Postgres: one of your own in TIDEMARK_TEST_DATABASE_URL, else an embedded one. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TIDEMARK_TEST_DATABASE_URL) return async () => {};
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
  // Reachable for the user that Postgres runs as where this is root: its files then stay here, and go with the folder.
  chmodSync(folder, 0o755);
  const { url, stop } = await startEmbeddedPostgres(join(folder, 'data'));
  process.env.TIDEMARK_TEST_DATABASE_URL = url;
  // A signal ends the runner at once: what begins a stop is done without waiting, and the server then ends by itself.
  const atExit = () => {
    void stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', atExit);
  return async () => {
    process.off('exit', atExit);
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
