import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database, Query } from '#db/database.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { createVersionSchema, publishViews } from './version-schema.ts';

/** One process at a time says what there is. */
const LOCK_KEY = 7_201_465;

const SAY = `
  insert into projections as p (name, sink, title, categories, acknowledges, failure_policy, effects)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (name) do update
    set sink = excluded.sink, title = excluded.title, categories = excluded.categories, acknowledges = excluded.acknowledges,
        failure_policy = excluded.failure_policy, effects = excluded.effects
    where (p.sink, p.title, p.categories, p.acknowledges, p.failure_policy, p.effects)
      is distinct from (excluded.sink, excluded.title, excluded.categories, excluded.acknowledges, excluded.failure_policy, excluded.effects)`;

/**
 * Makes what is missing for each projection, so that receipts know whom to wait for from the first command on: its row,
 * its first version with its tables, and a version to be built where the code is newer than any that there is.
 */
export async function registerProjections(database: Database, projections: readonly Projection[]): Promise<void> {
  await database.transaction(
    async (query) => {
      await query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
      for (const projection of projections) await register(query, database.schema, projection);
    },
    { deadlineMs: 30_000 },
  );
}

async function register(query: Query, store: string, projection: Projection): Promise<void> {
  const { name, version: codeVersion, sink, title, categories, acknowledges, onFailure, effects } = projection;
  const values = [sink, title, categories ?? null, acknowledges, onFailure ?? 'stop', effects ?? false];
  await query(SAY, [name, ...values]);
  const [newest] = await query<{ code: number | null; next: number }>(
    `select max(v.code_version) as code, min(p.next_version) as next from projections p
     left join projection_versions v on v.name = p.name and v.state <> 'scratch' where p.name = $1`,
    [name],
  );
  if (newest === undefined || newest.code === null) {
    await createVersionSchema(query, { store, version: 1, projection }, { indexed: true });
    await publishViews(query, { store, name, from: null, to: 1 });
    await insertVersion(query, { name, version: 1, codeVersion, state: 'serving' });
  } else if (newest.code < codeVersion) {
    await createVersionSchema(query, { store, version: newest.next, projection }, { indexed: false });
    await query('update projections set next_version = next_version + 1 where name = $1', [name]);
    await insertVersion(query, { name, version: newest.next, codeVersion, state: 'building' });
  }
  await noteCode(query, projection);
}

async function insertVersion(
  query: Query,
  { name, version, codeVersion, state }: { name: string; version: number; codeVersion: number; state: string },
): Promise<void> {
  await query(
    `insert into projection_versions (name, version, code_version, state, indexed, begun_why)
     values ($1, $2, $3::int, $4::text, $4 = 'serving', case $4 when 'serving' then 'first version' else 'code version ' || $3 end)`,
    [name, version, codeVersion, state],
  );
}

const NOTE_CODE = `
  insert into projection_code (name, version, from_position, hash)
  select v.name, v.version, v.checkpoint, $3 from projection_versions v
  where v.name = $1 and v.code_version = $2
    and $3 is distinct from (
      select c.hash from projection_code c where c.name = v.name and c.version = v.version order by c.seen_at desc, c.from_position desc limit 1)
  on conflict do nothing`;

/** Writes down from which position on the versions of this code are filled by its present text. */
async function noteCode(query: Query, { name, version, code }: Projection): Promise<void> {
  if (code === undefined) return;
  const hash = createHash('sha256')
    .update(await readFile(fileURLToPath(code)))
    .digest('hex')
    .slice(0, 16);
  await query(NOTE_CODE, [name, version, hash]);
}
