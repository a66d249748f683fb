import type { Database, Query } from '#db/database.ts';
import type { VersionState } from '#server/kernel/projection.ts';
import { dropVersionSchema } from './version-schema.ts';

/** Has whoever runs a version step back, and nobody begin anew: its next write is refused. */
export async function fence(
  database: Database,
  { name, version, state }: { name: string; version: number; state: VersionState },
): Promise<void> {
  await database.query(
    `update projection_versions set epoch = epoch + 1, owner = null, leased_until = null,
       paused = coalesce(paused, jsonb_build_object('actor', 'tidemark', 'reason', 'it is being removed', 'at',
         to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
     where name = $1 and version = $2 and state = $3`,
    [name, version, state],
  );
}

/** A version's tables, then its row: the order in which a batch locks them. */
export async function removeVersion(query: Query, store: string, name: string, version: number): Promise<void> {
  await dropVersionSchema(query, store, name, version);
  await query('delete from projection_versions where name = $1 and version = $2', [name, version]);
}
