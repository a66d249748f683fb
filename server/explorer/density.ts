import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { timeBounds } from './density-rows.ts';
import { eventConditions } from './event-conditions.ts';
import type { Density, DensityQuery } from './explorer.ts';
import { countedRange, isNarrowed, newestUnder } from './narrowed.ts';
import { bucketWidth, levelOf } from './time-pieces.ts';

const ROLLUP = `
  select date_bin(make_interval(secs => $1), bucket_start, timestamptz '1970-01-01Z') as start,
         case when $5 = 'category' then category else event_type end as name, sum(count)::float8 as count
  from density
  where bucket_seconds = $2 and bucket_start >= $3 and bucket_start < $4
    and ($6::text[] is null or category = any ($6)) and ($7::text[] is null or event_type = any ($7))
  group by 1, 2`;

// What the projection has not counted yet; bounded, because after an import it is far behind for some seconds. In one
// statement with the rollup, so that an event which is being counted stands in one of the two and not in both.
const ROLLUP_AND_TAIL = `
  select start, name, sum(count)::float8 as count from (
  ${ROLLUP}
  union all
  select date_bin(make_interval(secs => $1), occurred_at, timestamptz '1970-01-01Z') as start,
         case when $5 = 'category' then split_part(stream_id, '-', 1) else event_type end as name, count(*)::float8 as count
  from (select * from events where global_position > (select checkpoint from checkpoints where name = 'density')
        order by global_position limit 20000) e
  where occurred_at >= $3 and occurred_at < $4
    and ($6::text[] is null or split_part(stream_id, '-', 1) = any ($6)) and ($7::text[] is null or event_type = any ($7))
  group by 1, 2) counted group by start, name order by start`;

/** Of the events themselves, where the rollups do not know the filter. */
const DIRECT = (newest: string) => `
  select date_bin(make_interval(secs => $3), occurred_at, timestamptz '1970-01-01Z') as start,
         case when $4 = 'category' then split_part(stream_id, '-', 1) else event_type end as name, count(*)::float8 as count
  from (${newest}) newest group by 1, 2`;

type Parts = { database: Database; eventStore: EventStore; signal?: AbortSignal | undefined };

type Row = { start: string; name: string; count: number };

/**
 * Counts by bucket over the whole range, from the rollups; of the events themselves where a stream, a correlation or an
 * actor narrows them. The range is widened to whole buckets, and says so.
 */
export async function density(parts: Parts, query: DensityQuery): Promise<Density> {
  const { database, signal } = parts;
  const bounds = query.from && query.to ? null : await timeBounds(database);
  const now = new Date().toISOString();
  const from = Date.parse(query.from ?? bounds?.from ?? query.to ?? now);
  const to = Math.max(from, Date.parse(query.to ?? bounds?.to ?? query.from ?? now));
  const bucketSeconds = bucketWidth(from, to, query.buckets);
  const width = bucketSeconds * 1000;
  const start = new Date(Math.floor(from / width) * width).toISOString();
  const end = new Date(Math.max(Math.ceil(to / width), Math.floor(from / width) + 1) * width).toISOString();
  if (isNarrowed(query)) {
    const narrowed = { ...query, from: start, to: end };
    const { low, high, most, countedFrom } = await countedRange(parts, narrowed);
    const { sql, parameters } = eventConditions(narrowed, 5);
    const statement = DIRECT(newestUnder(query, sql, most));
    const rows = await database.query<Row>(statement, [low, high, bucketSeconds, query.by, ...parameters], { signal });
    const buckets = toBuckets(rows);
    const full = rows.reduce((sum, { count }) => sum + count, 0) >= most;
    return {
      from: start,
      to: end,
      bucketSeconds,
      buckets,
      countedFrom: countedFrom ?? (full ? (buckets[0]?.start ?? null) : null),
    };
  }
  const filter = [start, end, query.by, query.categories ?? null, query.eventTypes ?? null];
  const rows = await database.query<Row>(ROLLUP_AND_TAIL, [bucketSeconds, levelOf(bucketSeconds), ...filter], {
    signal,
  });
  return { from: start, to: end, bucketSeconds, buckets: toBuckets(rows), countedFrom: null };
}

function toBuckets(rows: readonly Row[]): Density['buckets'] {
  const byStart = new Map<string, Record<string, number>>();
  for (const { start, name, count } of rows) {
    const counts = byStart.get(start) ?? {};
    counts[name] = (counts[name] ?? 0) + count;
    byStart.set(start, counts);
  }
  return [...byStart].sort(([a], [b]) => (a < b ? -1 : 1)).map(([start, counts]) => ({ start, counts }));
}
