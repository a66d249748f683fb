import type { Database } from '#db/database.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Leased } from './lease.ts';
import { fence, removeVersion } from './remove-version.ts';
import { schemaOf } from './version-schema.ts';

/** Of a read model as of a moment: past these it is given up, and says so. */
export const SCRATCH_ROWS_MAX = 1_000_000;
export const SCRATCH_MINUTES_MAX = 10;

/** Gives a scratch version up where it has grown past its bounds. */
export async function boundScratch(
  database: Database,
  { name, version }: Leased,
  projection: Projection,
): Promise<void> {
  if (projection.rows === undefined) return;
  const schema = schemaOf(database.schema, name, version);
  await database.query(
    `update projection_versions set failure = case
       when begun_at < clock_timestamp() - ${SCRATCH_MINUTES_MAX} * interval '1 minute' then 'it was not done in ${SCRATCH_MINUTES_MAX} minutes'
       else 'it has more than ${SCRATCH_ROWS_MAX} rows' end
     where name = $1 and version = $2 and failure is null
       and (begun_at < clock_timestamp() - ${SCRATCH_MINUTES_MAX} * interval '1 minute'
         or (select pg_relation_size($3::regclass)) > 100 * ${SCRATCH_ROWS_MAX}::bigint
            and (select count(*) from "${schema}"."${projection.rows.table}") > ${SCRATCH_ROWS_MAX})`,
    [name, version, `"${schema}"."${projection.rows.table}"`],
  );
}

/** Drops scratch versions whose time is over. */
export async function dropExpired(database: Database): Promise<void> {
  const expired = await database.query<{ name: string; version: number }>(
    `select name, version from projection_versions where state = 'scratch' and expires_at < clock_timestamp()`,
  );
  for (const { name, version } of expired) await dropScratch(database, name, version);
}

/** Drops one scratch version; false where there is none. */
export async function dropScratch(database: Database, name: string, version: number): Promise<boolean> {
  await fence(database, { name, version, state: 'scratch' });
  return database.transaction(async (query) => {
    const statement = `select 1 from projection_versions where name = $1 and version = $2 and state = 'scratch'`;
    if ((await query(statement, [name, version])).length === 0) return false;
    await removeVersion(query, database.schema, name, version);
    return true;
  });
}
