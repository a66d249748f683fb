import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { EventFilter } from './explorer.ts';
import { positionRange } from './list-events.ts';

/** Whether a filter asks for more than the rollups know: they count by time, category and type. */
export function isNarrowed(filter: EventFilter): boolean {
  const { streamId, correlationId, actor, firstPosition, lastPosition, q, where } = filter;
  return [streamId, correlationId, actor, firstPosition, lastPosition, q, where].some((one) => one !== undefined);
}

/** Positions that are looked at one by one where no index serves the filter: the newest of the range. */
export const COUNTED_MAX = 50_000;

/**
 * Between which positions a narrowed question looks (exclusive, inclusive), and whether that is not all of the range. A
 * stream and a correlation have an index, and are looked at whole.
 */
export async function countedRange(
  parts: { database: Database; eventStore: EventStore },
  filter: EventFilter,
  countedMax: number = COUNTED_MAX,
): Promise<{ low: string; high: string; newestOnly: number | null }> {
  const { position: mark } = await parts.eventStore.highWaterMark();
  const { low, high } = await positionRange(parts.database, filter, mark);
  const indexed = filter.streamId !== undefined || filter.correlationId !== undefined;
  const floor = indexed ? Number(low) : Math.max(Number(low), Number(high) - countedMax);
  return { low: String(floor), high, newestOnly: floor > Number(low) ? countedMax : null };
}
