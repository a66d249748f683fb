import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';

let parent: string;
let dataDir: string;
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  // Of mode 0700, as root's own home is: where the tests run as root, the cluster's files stand elsewhere.
  parent = mkdtempSync(join(tmpdir(), 'tidemark-embedded-'));
  dataDir = join(parent, 'data');
});

afterEach(async () => {
  for (const one of started.splice(0)) {
    await one.stop();
    rmSync(one.folder, { recursive: true, force: true });
  }
  rmSync(parent, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(folder);
  started.push(server);
  return server;
}

async function noteIn(url: string, text?: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`create table if not exists notes (text text)`;
  if (text !== undefined) await sql`insert into notes values (${text})`;
  const rows = await sql<{ text: string }[]>`select text from notes`;
  await sql.end();
  return rows.map((row) => row.text);
}

test('a data directory that was removed begins anew, and one that was moved keeps its events', async () => {
  const first = await start();
  await noteIn(first.url, 'kept');
  await first.stop();

  renameSync(dataDir, join(parent, 'moved'));
  const moved = await start(join(parent, 'moved'));
  expect(await noteIn(moved.url)).toEqual(['kept']);
  await moved.stop();

  const anew = await start();
  expect(await noteIn(anew.url)).toEqual([]);
});

test('a server that runs already is adopted, and found by programs beside it', async () => {
  const first = await start();
  await noteIn(first.url, 'kept');
  const second = await start();
  expect(second).toMatchObject({ adopted: true, url: first.url, folder: first.folder });
  expect(findEmbeddedPostgres(dataDir)).toBe(first.url);
  expect(await noteIn(second.url)).toEqual(['kept']);
  await second.stop();
  expect(findEmbeddedPostgres(dataDir)).toBeUndefined();
});
