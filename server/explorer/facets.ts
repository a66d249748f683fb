import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { DENSITY_IN_PIECES, pieceParameters, piecesOf, type TimeRange, timeBounds } from './density-rows.ts';
import { eventConditions } from './event-conditions.ts';
import type { EventFilter, Facets } from './explorer.ts';
import { countedRange, isNarrowed, newestUnder } from './narrowed.ts';

const ROLLUP = `
  select category, event_type as "eventType", sum(count)::float8 as count from ${DENSITY_IN_PIECES}
  group by category, event_type`;

type Parts = { database: Database; eventStore: EventStore; signal?: AbortSignal | undefined };

type Row = { category: string; eventType: string; count: number };

/**
 * Counts of categories and types over the whole range. A category's count does not depend on which categories are
 * chosen, nor a type's on which types are, so that the other choices stay visible with their numbers.
 */
export async function facets(parts: Parts, filter: EventFilter): Promise<Facets> {
  const [{ rows, newestOnly }, bounds] = await Promise.all([
    isNarrowed(filter) ? countDirectly(parts, filter) : { rows: await rollupCounts(parts, filter), newestOnly: null },
    timeBounds(parts.database),
  ]);
  const inCategory = (row: Row) => filter.categories?.includes(row.category) ?? true;
  const ofType = (row: Row) => filter.eventTypes?.includes(row.eventType) ?? true;
  const byCategory = new Map<string, number>();
  for (const row of rows.filter(ofType)) byCategory.set(row.category, (byCategory.get(row.category) ?? 0) + row.count);
  return {
    total: sum(rows.filter((row) => inCategory(row) && ofType(row))),
    categories: [...byCategory].map(([value, count]) => ({ value, count })).sort(byCount),
    eventTypes: rows
      .filter(inCategory)
      .map(({ eventType, category, count }) => ({ value: eventType, category, count }))
      .sort(byCount),
    bounds,
    newestOnly,
  };
}

/** Counts of a stretch of time by category and type, to the second. */
export function rollupCounts({ database, signal }: Omit<Parts, 'eventStore'>, range: TimeRange): Promise<Row[]> {
  return database.query<Row>(ROLLUP, pieceParameters(piecesOf(range)), { signal });
}

async function countDirectly(
  parts: Parts,
  { categories: _, eventTypes: __, ...filter }: EventFilter,
): Promise<{ rows: Row[]; newestOnly: number | null }> {
  const { low, high, most, newestOnly } = await countedRange(parts, filter);
  const { sql, parameters } = eventConditions(filter, 3);
  const statement = `select split_part(stream_id, '-', 1) as category, event_type as "eventType", count(*)::float8 as count
    from (${newestUnder(filter, sql, most)}) newest group by 1, 2`;
  const rows = await parts.database.query<Row>(statement, [low, high, ...parameters], { signal: parts.signal });
  return { rows, newestOnly: newestOnly ?? (sum(rows) >= most ? most : null) };
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}

function byCount(a: { count: number; value: string }, b: { count: number; value: string }): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
