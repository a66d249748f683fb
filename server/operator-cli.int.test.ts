import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres, takeStartLock } from '#db/embedded.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-cli-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('where no store is', () => {
  test.each([
    ['server/operator-cli.ts', 'list'],
    ['server/operator-cli.ts', 'link'],
    ['server/api-key-cli.ts', 'list'],
    ['server/compare-cli.ts', '--id', '1'],
    ['server/import-export/export-cli.ts'],
    ['server/audit/verify-cli.ts'],
  ])('%s says so in one line and makes none', async (program, ...args) => {
    const dataDir = join(folder, 'none');
    const { code, stdout, stderr } = await run(dataDir, program, ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `There is no store in ${dataDir}: start Tidemark with npm start, or name the data directory in TIDEMARK_DATA_DIR.\n`,
    );
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('beside a server that runs', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  let lock: { release(): void };
  beforeAll(async () => {
    dataDir = join(folder, 'data');
    lock = takeStartLock(dataDir, 'http://127.0.0.1:34567');
    server = await startEmbeddedPostgres(dataDir);
  });
  afterAll(async () => {
    await server.stop();
    lock.release();
  });

  test('a link is one to that server, and the one before is said to be void', async () => {
    const { stdout, stderr } = await run(dataDir, 'server/operator-cli.ts', 'link');
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:34567\/welcome#\S+\n$/);
    expect(stderr).toContain('The link printed earlier no longer opens.');
  });

  test('the address of its database is printed without the password, which a file of its owner alone has', async () => {
    const { stdout } = await run(dataDir, 'server/operator-cli.ts', 'database-url');
    const url = new URL(stdout.trim());
    expect(url.password).toBe('');
    url.password = readFileSync(join(dataDir, 'postgres-password'), 'utf8');
    expect(url.href).toBe(server.url);
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
  });
});

async function run(dataDir: string, ...program: string[]) {
  const env = { ...process.env, TIDEMARK_DATA_DIR: dataDir, DATABASE_URL: '' };
  const ended = promisify(execFile)(process.execPath, ['--import', './bin/typescript.mjs', ...program], { env });
  const { code, stdout, stderr } = await ended.then(
    (said) => ({ code: 0, ...said }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, stdout, stderr };
}
