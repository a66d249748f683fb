import type { Query } from '#db/database.ts';
import type { Projection } from '#server/projections/define-projection.ts';

/** A version's own schema, in which its tables stand under the names that its code uses. */
export function schemaOf(store: string, name: string, version: number): string {
  return `${store}_${name.replaceAll('-', '_')}_v${version}`;
}

/** What unqualified names of a version's code resolve to: its own tables, then the store's. */
export function searchPathOf(store: string, name: string, version: number): string {
  return `"${schemaOf(store, name, version)}", "${store}", public`;
}

type Made = { store: string; version: number; projection: Projection };

/** Makes a version's schema and tables; with `indexed` its indexes too. What stood there before goes. */
export async function createVersionSchema(
  query: Query,
  { store, version, projection }: Made,
  { indexed }: { indexed: boolean },
): Promise<void> {
  await dropVersionSchema(query, store, projection.name, version);
  await query(`create schema "${schemaOf(store, projection.name, version)}"`);
  await inVersion(query, { store, version, name: projection.name }, async () => {
    for (const statement of projection.tables ?? []) await query(statement);
    if (indexed) for (const statement of projection.indexes ?? []) await query(statement);
  });
}

/** The views of the store that show a version's tables go with it, so only a version that is not served is dropped. */
export async function dropVersionSchema(query: Query, store: string, name: string, version: number): Promise<void> {
  await query(`drop schema if exists "${schemaOf(store, name, version)}" cascade`);
}

/** Runs `work` with the search path of a version, and puts the store's back. */
export async function inVersion<Result>(
  query: Query,
  { store, name, version }: { store: string; name: string; version: number },
  work: () => Promise<Result>,
): Promise<Result> {
  await query(`select set_config('search_path', $1, true)`, [searchPathOf(store, name, version)]);
  const result = await work();
  await query(`select set_config('search_path', $1, true)`, [`"${store}", public`]);
  return result;
}

/** The tables of a version. */
export async function tablesOf(query: Query, store: string, name: string, version: number): Promise<string[]> {
  const statement = `select relname as table from pg_class
    where relnamespace = (select oid from pg_namespace where nspname = $1) and relkind = 'r' order by relname`;
  const rows = await query<{ table: string }>(statement, [schemaOf(store, name, version)]);
  return rows.map((row) => row.table);
}

const READERS = `
  select distinct v.relname as view from pg_depend d
  join pg_rewrite r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
  join pg_class v on v.oid = r.ev_class and v.relkind = 'v' and v.relnamespace = current_schema()::regnamespace
  join pg_class t on t.oid = d.refobjid and t.relnamespace = (select oid from pg_namespace where nspname = $1)`;

/**
 * Points the store's views at a version's tables, in the caller's transaction: readers see the tables of one version
 * before its commit and of the other after it. A view whose columns change is made anew; one that the version has no
 * table for goes.
 */
export async function publishViews(
  query: Query,
  { store, name, from, to }: { store: string; name: string; from: number | null; to: number },
): Promise<void> {
  const tables = await tablesOf(query, store, name, to);
  const before = from === null ? [] : await query<{ view: string }>(READERS, [schemaOf(store, name, from)]);
  const gone = before.map((row) => row.view).filter((view) => !tables.includes(view));
  for (const view of gone) await query(`drop view "${view}"`);
  for (const table of tables) {
    const select = `select * from "${schemaOf(store, name, to)}"."${table}"`;
    if (await keepsColumns(query, table, schemaOf(store, name, to)))
      await query(`create or replace view "${table}" as ${select}`);
    else {
      await query(`drop view if exists "${table}"`);
      await query(`create view "${table}" as ${select}`);
    }
  }
}

const COLUMNS = `
  select coalesce(array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attcollation order by a.attnum), '{}') as columns
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relname = $1 and c.relnamespace = (select oid from pg_namespace where nspname = $2) and a.attnum > 0 and not a.attisdropped`;

async function keepsColumns(query: Query, table: string, schema: string): Promise<boolean> {
  const [store] = await query<{ current: string }>('select current_schema() as current');
  const [old] = await query<{ columns: string[] }>(COLUMNS, [table, store?.current]);
  const [fresh] = await query<{ columns: string[] }>(COLUMNS, [table, schema]);
  return (old?.columns ?? []).every((column, index) => column === fresh?.columns[index]);
}

/** Rows of a table that are counted one by one, within some 20 ms. */
const COUNTED_MAX = 100_000;

export type VersionSize = {
  rows: number;
  /** False where there are too many: the statistics say about how many, and after a build they can be half as many again. */
  rowsCounted: boolean;
  /** On disk. */
  bytes: number;
};

/** How large all tables of a version are. */
export async function sizeOf(
  query: Query,
  { store, name, version }: { store: string; name: string; version: number },
): Promise<VersionSize> {
  const schema = schemaOf(store, name, version);
  const tables = await query<{ table: string; about: number; bytes: number }>(
    `select c.relname as table, greatest(c.reltuples, s.n_live_tup, 0)::float8 as about,
       pg_total_relation_size(c.oid)::float8 as bytes
     from pg_class c left join pg_stat_all_tables s on s.relid = c.oid
     where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind = 'r'`,
    [schema],
  );
  const size: VersionSize = { rows: 0, rowsCounted: true, bytes: 0 };
  for (const { table, about, bytes } of tables) {
    const counted = await countRows(query, `"${schema}"."${table}"`);
    size.rows += counted ?? about;
    size.rowsCounted &&= counted !== null;
    size.bytes += bytes;
  }
  return size;
}

async function countRows(query: Query, table: string): Promise<number | null> {
  const statement = `select count(*)::float8 as rows from (select 1 from ${table} limit ${COUNTED_MAX + 1}) r`;
  const [row] = await query<{ rows: number }>(statement);
  return row === undefined || row.rows > COUNTED_MAX ? null : row.rows;
}
