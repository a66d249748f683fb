import type { Database } from '#db/database.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { type Held, SteppedBackError } from './checkpoint.ts';
import { inVersion } from './version-schema.ts';

/** An index over some ten million rows. */
const DEADLINE_MS = 30 * 60_000;

/** Makes the indexes of a version that was filled without them: one pass over the rows instead of one step a row. */
export async function buildIndexes(
  { database, projection }: { database: Database; projection: Projection },
  held: Held,
): Promise<void> {
  const { name, version, epoch } = held;
  await database.transaction(
    async (query) => {
      // What the worker knows of its lease may be older than the indexes that it has just made.
      const [row] = await query<{ indexed: boolean }>(
        'select indexed from projection_versions where name = $1 and version = $2',
        [name, version],
      );
      if (row?.indexed === true) return;
      await inVersion(query, { store: database.schema, name, version }, async () => {
        for (const statement of projection.indexes ?? []) await query(statement);
      });
      const done = await query(
        'update projection_versions set indexed = true where name = $1 and version = $2 and epoch = $3 returning 1',
        [name, version, epoch],
      );
      if (done.length === 0) throw new SteppedBackError('lease_lost', `${name} v${version} was taken over`);
    },
    { deadlineMs: DEADLINE_MS },
  );
  for (const table of projection.rows === undefined ? [] : [projection.rows.table]) {
    await database.query(`analyze "${database.schema}_${name.replaceAll('-', '_')}_v${version}"."${table}"`, [], {
      deadlineMs: DEADLINE_MS,
    });
  }
}
