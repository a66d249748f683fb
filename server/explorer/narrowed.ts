import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { isIndexed, orderOf } from './event-conditions.ts';
import type { EventFilter } from './explorer.ts';
import { positionRange } from './list-events.ts';

/** Whether a filter asks for more than the rollups know: they count by time, category and type. */
export function isNarrowed(filter: EventFilter): boolean {
  const { streamId, correlationId, actor, firstPosition, lastPosition, q, where } = filter;
  return [streamId, correlationId, actor, firstPosition, lastPosition, q, where].some((one) => one !== undefined);
}

/** Positions that are looked at one by one where no index serves the filter: the newest of the range. */
export const COUNTED_MAX = 50_000;

/** Events of a stream or of a correlation, which have an index, that are counted: the newest of the range too. */
const INDEXED_MAX = 200_000;

export type CountedRange = {
  low: string;
  high: string;
  most: number;
  newestOnly: number | null;
  /** When the first position that is counted occurred; null where the whole range is. What is older is not known. */
  countedFrom: string | null;
};

/**
 * Between which positions a narrowed question looks (exclusive, inclusive), how many events it counts at most, and whether
 * that is not all of the range. Of a stream and of a correlation the whole range is looked at.
 */
export async function countedRange(
  parts: { database: Database; eventStore: EventStore },
  filter: EventFilter,
  countedMax: number = COUNTED_MAX,
): Promise<CountedRange> {
  const { position: mark } = await parts.eventStore.highWaterMark();
  const { low, high } = await positionRange(parts.database, filter, mark);
  const floor = isIndexed(filter) ? Number(low) : Math.max(Number(low), Number(high) - countedMax);
  const most = isIndexed(filter) && countedMax === COUNTED_MAX ? INDEXED_MAX : countedMax;
  if (floor <= Number(low)) return { low: String(floor), high, most, newestOnly: null, countedFrom: null };
  const countedFrom = await occurredAfter(parts.database, floor);
  return { low: String(floor), high, most, newestOnly: countedMax, countedFrom };
}

async function occurredAfter(database: Database, position: number): Promise<string | null> {
  const statement = 'select occurred_at as at from events where global_position > $1 order by global_position limit 1';
  const [first] = await database.query<{ at: string }>(statement, [String(position)]);
  return first?.at ?? null;
}

/** The newest events of a range ($1 exclusive, $2 inclusive) under conditions, never more than `most`. */
export function newestUnder(filter: EventFilter, conditions: readonly string[], most: number): string {
  const where = ['global_position > $1', 'global_position <= $2', ...conditions].join(' and ');
  return `select stream_id, event_type, metadata, occurred_at from events where ${where} order by ${orderOf(filter)} desc limit ${most}`;
}
