import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { Database } from '#db/database.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { readArguments } from '#server/import-export/read-arguments.ts';
import { copyStore } from './copy-store.ts';
import { fillStore } from './fill-store.ts';
import { connectStore, envOf, STORES, type Store, storesFolder } from './stores.ts';

const USAGE = `npm run bench:explorer-stores    makes the stores that the explorer is measured on, as far as they are not there
  TIDEMARK_BENCH_STORES   the folder of some 20 GB (tidemark-explorer among the temporary files)
  What was broken off goes on where it stood.`;

const WORKER = fileURLToPath(new URL('../../server/worker.ts', import.meta.url));
const LOOK_MS = 1000;
const SAY_MS = 10_000;

const BEHIND = `
  select (greatest($1 - coalesce((select max(global_position) from events), 0), 0)
    + coalesce((select sum(greatest($1 - checkpoint, 0)) from projection_versions where state = 'serving'), $1)
    + coalesce((select sum(greatest($1 - checkpoint, 0)) from process_managers), $1)
    + 10000 * greatest($1 / 10000 - (select count(*) from event_buckets) - 1, 0))::float8 as behind`;

if (readArguments(USAGE, {}) === undefined) process.exit(2);
const startedAt = performance.now();
const progress = (text: string) => console.error(`${Math.round((performance.now() - startedAt) / 1000)} s  ${text}`);
const server = await startEmbeddedPostgres(storesFolder());
try {
  let before: Store | undefined;
  for (const store of STORES) {
    await prepare(store, before);
    before = store;
  }
  progress('all stores stand');
} finally {
  await server.stop();
}

async function prepare(store: Store, before: Store | undefined): Promise<void> {
  const database = connectStore(server.url, store);
  try {
    if (await isWhole(database, store)) return progress(`${store.name} stands`);
    await migrate(database);
    if (store.copies === 1 || before === undefined) await fillStore(database, store, progress);
    // A first worker says what its projections are; only then have they tables that copies can go to.
    else {
      if (!(await isRegistered(database))) await withWorker(store, () => untilTrue(() => isRegistered(database)));
      const sql = postgres(server.url, { max: 1, onnotice: () => {} });
      await copyStore({ sql, base: before, store, progress });
      await sql.end();
    }
    await withWorker(store, () => untilCounted(database, store));
    for (const table of await tablesOf(database)) await database.query(`vacuum (analyze) ${table}`);
    progress(`${store.name} stands`);
  } finally {
    await database.close();
  }
}

/** Every projection and process manager has passed all events, and they are counted for completeness. */
async function isWhole(database: Database, store: Store): Promise<boolean> {
  const [schema] = await database.query<{ there: string | null }>(
    `select to_regclass('${store.schema}.event_tallies') as there`,
  );
  return schema?.there != null && (await behind(database, store)) === 0;
}

async function behind(database: Database, { events }: Store): Promise<number> {
  const [row] = await database.query<{ behind: number }>(BEHIND.replaceAll('$1', `${events}::bigint`));
  return row?.behind ?? events;
}

async function isRegistered(database: Database): Promise<boolean> {
  const statement = `select count(*)::int as versions from projection_versions where state = 'serving'`;
  const [row] = await database.query<{ versions: number }>(statement);
  return (row?.versions ?? 0) >= 3;
}

async function untilCounted(database: Database, store: Store): Promise<void> {
  let saidAt = performance.now();
  await untilTrue(async () => {
    const left = await behind(database, store);
    if (performance.now() - saidAt > SAY_MS) {
      saidAt = performance.now();
      progress(`${store.name}: ${left} events are still to be handled, summed over all who follow`);
    }
    return left === 0;
  });
}

async function withWorker(store: Store, work: () => Promise<void>): Promise<void> {
  const worker = fork(WORKER, { execArgv: ['--import', './bin/typescript.mjs'], env: envOf(server.url, store) });
  const gone = once(worker, 'exit');
  try {
    await Promise.race([work(), gone.then(([code]) => Promise.reject(new Error(`the worker ended with ${code}`)))]);
  } finally {
    worker.kill('SIGTERM');
    await gone;
  }
}

async function untilTrue(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await pause(LOOK_MS);
}

/** Of the store and of its read models. */
async function tablesOf(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and (n.nspname = current_schema() or n.nspname ~ ('^' || current_schema() || '_.*_v\\d+$'))`,
  );
  return rows.map(({ name }) => name);
}
