import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database, Query } from './database.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Migrations may wait for another migrator and build indexes. */
const DEADLINE_MS = 120_000;

/** Both migrators of one database take this lock, whatever their schema, because the extension is shared. */
const LOCK_KEY = 7_201_463;

/**
 * Makes the schema what this version needs: each file of `migrations/` once, in the order of its number, then every
 * function of `functions/` whose text changed, named as its file. All in one transaction, under a lock, so that it happens whole or not
 * at all, and two at once are no harm. Resolves with the names of what was applied.
 */
export async function migrate(database: Database): Promise<string[]> {
  const [migrations, functions] = await Promise.all([readSql('migrations'), readSql('functions')]);
  return database.transaction(
    async (query) => {
      await query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
      await query('create extension if not exists pg_trgm with schema public');
      await query(`create schema if not exists "${database.schema}"`);
      await query(
        'create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
      );
      const applied: string[] = [];
      for (const file of migrations) if (await isNew(query, file)) applied.push(await apply(query, file));
      for (const file of functions) {
        if (!(await isChanged(query, file))) continue;
        await dropFunctions(query, file);
        applied.push(await apply(query, file));
      }
      return applied;
    },
    { deadlineMs: DEADLINE_MS },
  );
}

/** A hash over all that `migrate` would apply: two databases of one hash have one structure. */
export async function schemaHash(): Promise<string> {
  const files = [...(await readSql('migrations')), ...(await readSql('functions'))];
  return createHash('sha256')
    .update(files.map((file) => file.hash).join())
    .digest('hex')
    .slice(0, 12);
}

type SqlFile = { name: string; text: string; hash: string };

async function readSql(folder: 'migrations' | 'functions'): Promise<SqlFile[]> {
  const names = (await readdir(`${FOLDER}${folder}`)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${FOLDER}${folder}/${name}`, 'utf8');
      return { name: `${folder}/${name}`, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function isNew(query: Query, { name, hash }: SqlFile): Promise<boolean> {
  const [known] = await query<{ hash: string }>('select hash from migrations where name = $1', [name]);
  if (known !== undefined && known.hash !== hash) {
    throw new Error(`${name} was changed after it was applied; write a new migration instead`);
  }
  return known === undefined;
}

async function isChanged(query: Query, { name, hash }: SqlFile): Promise<boolean> {
  const rows = await query('select 1 from migrations where name = $1 and hash = $2', [name, hash]);
  return rows.length === 0;
}

/**
 * Every function of the file's name: `create or replace` refuses another row type, and with other parameters it would
 * leave the old one beside the new.
 */
async function dropFunctions(query: Query, { name }: SqlFile): Promise<void> {
  const found = await query<{ signature: string }>(
    `select oid::regprocedure::text as signature from pg_proc
      where proname = $1 and pronamespace = current_schema()::regnamespace`,
    [basename(name, '.sql')],
  );
  for (const { signature } of found) await query(`drop function ${signature}`);
}

async function apply(query: Query, { name, text, hash }: SqlFile): Promise<string> {
  await query(text);
  await query(
    'insert into migrations (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash, applied_at = now()',
    [name, hash],
  );
  return name;
}
