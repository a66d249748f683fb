import type { Database, Reading } from '#db/database.ts';
import type { HighWaterMark } from '#server/event-store/event-store.ts';
import { type Position, positionsBetween } from '#server/kernel/position.ts';

const HEAD = 'select case when is_called then last_value else 0 end as head from event_positions';

const MARKERS = `
  select l.pid, (l.classid::bigint << 32 | l.objid::bigint) & 1099511627775 as value
  from pg_locks l
  where l.locktype = 'advisory' and l.objsubid = 1
    and l.database = (select oid from pg_database where datname = current_database())
    and (l.classid::bigint << 32 | l.objid::bigint) >> 40 = 'event_positions'::regclass::oid::bigint & 8388607
  order by value limit 1`;

type Mark = { position: Position; head: Position; holder?: number };

/**
 * Below the mark nothing can still appear. Read in two statements, in this order: (1) the sequence, (2) the lowest
 * marker. A writer that (2) does not see either takes its marker later, and its positions are then above (1), or has
 * ended, and a statement that begins after (2) sees its events. So events must be read in a third statement, on the
 * primary, at READ COMMITTED; all three may go out at once on one connection, which answers them in their order.
 */
export async function readMark(database: Database): Promise<Mark> {
  return toMark(...(await database.readInOrder<MarkRows>(MARK)));
}

/** The first two readings in order; `toMark` makes the mark of their rows. */
export const MARK: [Reading<MarkRows[0]>, Reading<MarkRows[1]>] = [{ statement: HEAD }, { statement: MARKERS }];

export type MarkRows = [sequence: { head: string }, marker: { pid: number; value: string }];

export function toMark([sequence]: MarkRows[0][], [marker]: MarkRows[1][]): Mark {
  const head = (sequence?.head ?? '0') as Position;
  if (marker === undefined || positionsBetween(marker.value as Position, head) === 0) return { position: head, head };
  return { position: marker.value as Position, head, holder: marker.pid };
}

const HOLDER = `
  select application_name, coalesce(state, '') as state, left(query, 2000) as query,
         extract(epoch from clock_timestamp() - xact_start)::float8 as open_seconds
  from pg_stat_activity where pid = $1`;

type HolderRow = { application_name: string; state: string; query: string; open_seconds: number | null };

/** The mark and, where an open append holds it below the head, the Postgres process to blame. */
export async function highWaterMark(database: Database): Promise<HighWaterMark> {
  const { position, head, holder } = await readMark(database);
  if (holder === undefined) return { position, head };
  const [row] = await database.query<HolderRow>(HOLDER, [holder]);
  if (row === undefined) return { position, head };
  return {
    position,
    head,
    heldBy: {
      processId: holder,
      applicationName: row.application_name,
      openSeconds: row.open_seconds ?? 0,
      state: row.state,
      query: row.query,
    },
  };
}
