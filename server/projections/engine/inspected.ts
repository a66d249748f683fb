import type { Database, Query } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import type { VersionState } from '#server/kernel/projection.ts';
import { rangeOfStreams } from '#server/kernel/stream-id.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { unknownProjection } from './act.ts';

/** A version that is looked at, with the code that fills it. */
export type Inspected = {
  name: string;
  version: number;
  codeVersion: number;
  state: VersionState;
  checkpoint: Position;
  accountedTo: Position;
  categories: string[] | null;
  occurredUntil: string | null;
  projection: Projection | undefined;
};

const VERSION = `
  select v.name, v.version, v.code_version as "codeVersion", v.state, v.checkpoint, v.accounted_to as "accountedTo", p.categories,
    v.occurred_until as "occurredUntil"
  from projections p join projection_versions v on v.name = p.name and v.version = coalesce($2, p.serving_version)
  where p.name = $1`;

/** Finds a version; the serving one where none is named. Throws `unknown-projection`. */
export async function inspect(
  query: Query,
  projections: readonly Projection[],
  { name, version }: { name: string; version?: number | undefined },
): Promise<Inspected> {
  const [row] = await query<Omit<Inspected, 'projection'>>(VERSION, [name, version ?? null]);
  if (row === undefined) throw unknownProjection(version === undefined ? name : `${name} with a version ${version}`);
  const projection = projections.find((one) => one.name === name && one.version === row.codeVersion);
  return { ...row, projection };
}

/** Where the rows of a version are; throws where its code does not say. */
export function rowsOf({ name, projection }: Inspected): NonNullable<Projection['rows']> {
  if (projection?.rows !== undefined) return projection.rows;
  throw new TidemarkError('bad-request', `${name} does not say which table its rows are in`, { field: 'name' });
}

/** Where the streams stand whose events the projection handles, in the order of their ids. */
export function rangesOf({ categories }: Inspected): { from: string; below: string }[] {
  return categories === null ? [rangeOfStreams()] : categories.toSorted().map((one) => rangeOfStreams(one));
}

/** Runs `work` on one snapshot and rolls back whatever it made. */
export async function onSnapshot<Result>(
  database: Database,
  deadlineMs: number,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  const undone = new Undone<Result>();
  try {
    await database.transaction(
      async (query) => {
        await query('set transaction isolation level repeatable read');
        undone.result = { value: await work(query) };
        throw undone;
      },
      { deadlineMs },
    );
  } catch (error) {
    if (error !== undone || undone.result === undefined) throw error;
  }
  if (undone.result === undefined) throw undone;
  return undone.result.value;
}

class Undone<Result> extends Error {
  result: { value: Result } | undefined;
}
