import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { density } from './density.ts';
import { eventConditions, orderOf } from './event-conditions.ts';
import type { Density, LaneBy, Timeline, TimelineEvent, TimelineQuery } from './explorer.ts';
import { rollupCounts } from './facets.ts';
import { countedRange, isNarrowed, newestUnder } from './narrowed.ts';
import { bucketWidth } from './time-pieces.ts';

/** From this many events on a window is drawn as density alone. */
export const EVENTS_MAX = 2000;
type Parts = { database: Database; eventStore: EventStore; signal?: AbortSignal | undefined };

/**
 * What a window of the timeline shows: counts by bucket and lane over the window and half a window on each side, so
 * that panning has something to show, and the window's events themselves where they are few enough.
 */
export async function timeline(parts: Parts, query: TimelineQuery): Promise<Timeline> {
  const from = Date.parse(query.from);
  const to = Math.max(from + 1, Date.parse(query.to));
  const padding = Math.ceil((to - from) / 2);
  const padded = {
    ...query,
    from: new Date(from - padding).toISOString(),
    to: new Date(to + padding).toISOString(),
  };
  const byRollup = (query.lanesBy === 'category' || query.lanesBy === 'eventType') && !isNarrowed(query);
  const counted = byRollup ? await countByRollup(parts, query, padded) : await countDirectly(parts, query, padded);
  const within = countWithin(counted.density, from, to);
  // Whole buckets at both ends may hold more than the window does, so a few too many are still worth the look.
  const events = within.atLeast > EVENTS_MAX ? null : await readEvents(parts, query);
  return { ...counted.density, inWindow: counted.inWindow, newestOnly: counted.newestOnly, events };
}

type Counted = { density: Density } & Pick<Timeline, 'inWindow' | 'newestOnly'>;

/** The bars are of the padded window in whole buckets; how many the window has is counted as the facets count it. */
async function countByRollup(parts: Parts, query: TimelineQuery, padded: TimelineQuery): Promise<Counted> {
  const { categories, eventTypes } = query;
  const by = query.lanesBy === 'eventType' ? 'eventType' : 'category';
  const [bars, rows] = await Promise.all([density(parts, { ...padded, by }), rollupCounts(parts, query)]);
  const inWindow: Record<string, number> = {};
  for (const row of rows) {
    if (categories?.includes(row.category) === false || eventTypes?.includes(row.eventType) === false) continue;
    inWindow[row[by]] = (inWindow[row[by]] ?? 0) + row.count;
  }
  return { density: bars, inWindow, newestOnly: null };
}

/** Events of buckets that lie in the window whole: no fewer can be in it. */
function countWithin({ buckets, bucketSeconds }: Density, from: number, to: number): { atLeast: number } {
  let atLeast = 0;
  for (const { start, counts } of buckets) {
    const at = Date.parse(start);
    if (at < from || at + bucketSeconds * 1000 > to) continue;
    for (const count of Object.values(counts)) atLeast += count;
  }
  return { atLeast };
}

const LANE: Record<LaneBy, string> = {
  category: `split_part(stream_id, '-', 1)`,
  eventType: 'event_type',
  stream: 'stream_id',
  actor: `coalesce(metadata->>'actor', '')`,
  correlation: `coalesce(metadata->>'correlationId', '')`,
};

const COUNT = (lane: string, newest: string) => `
  with picked as materialized (
    select ${lane} as lane, occurred_at from (${newest}) newest
  ), lanes as (
    select lane, count(*) as n from picked group by lane order by n desc, lane limit 200
  )
  select date_bin(make_interval(secs => $3), occurred_at, timestamptz '1970-01-01Z') as start,
         coalesce(l.lane, '(other)') as name, count(*)::float8 as count, (select count(*) from picked)::float8 as picked,
         (count(*) filter (where occurred_at >= $4::timestamptz and occurred_at < $5::timestamptz))::float8 as within
  from picked left join lanes l using (lane) group by 1, 2`;

type Row = { start: string; name: string; count: number; picked: number; within: number };

async function countDirectly(parts: Parts, window: TimelineQuery, query: TimelineQuery): Promise<Counted> {
  const { low, high, most, newestOnly, countedFrom } = await countedRange(parts, query);
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  const bucketSeconds = bucketWidth(from, to, query.buckets);
  const { sql, parameters } = eventConditions(query, 6);
  const rows = await parts.database.query<Row>(
    COUNT(LANE[query.lanesBy], newestUnder(query, sql, most)),
    [low, high, bucketSeconds, window.from, window.to, ...parameters],
    { signal: parts.signal },
  );
  const byStart = new Map<string, Record<string, number>>();
  const inWindow: Record<string, number> = {};
  for (const { start, name, count, within } of rows) {
    inWindow[name] = (inWindow[name] ?? 0) + within;
    const counts = byStart.get(start) ?? {};
    counts[name] = (counts[name] ?? 0) + count;
    byStart.set(start, counts);
  }
  const buckets = [...byStart].sort(([a], [b]) => (a < b ? -1 : 1)).map(([start, counts]) => ({ start, counts }));
  const full = (rows[0]?.picked ?? 0) >= most;
  return {
    density: {
      from: query.from,
      to: query.to,
      bucketSeconds,
      buckets,
      countedFrom: countedFrom ?? (full ? (buckets[0]?.start ?? null) : null),
    },
    inWindow,
    newestOnly: newestOnly ?? (full ? most : null),
  };
}

const SLIM = `e.global_position as "globalPosition", e.stream_id as "streamId", e.stream_version::float8 as "streamVersion",
  e.event_type as "eventType", e.event_id as "eventId", e.occurred_at as "occurredAt", e.metadata->>'actor' as actor,
  e.metadata->>'correlationId' as "correlationId", e.metadata->>'causationId' as "causationId",
  exists (select 1 from parked p where p.global_position = e.global_position and p.state <> 'skipped') as parked`;

// By the seconds of the window that have matching events, each of which knows between which positions they stand: as
// few rows are read as there are events, however far apart the seconds lie. Each span by itself: as a join the planner read
// all of ten million events for it.
const BY_SECOND = (conditions: string) => `
  with spans as (
    select first_position, last_position from density
    where bucket_seconds = 1 and bucket_start >= date_trunc('second', $1::timestamptz) and bucket_start < $2
      and ($3::text[] is null or category = any ($3)) and ($4::text[] is null or event_type = any ($4))
    limit $5
  ), counted as (
    select distinct on (e.global_position) ${SLIM}
    from spans cross join lateral (
      select * from events e where e.global_position between spans.first_position and spans.last_position and ${conditions}
      order by e.global_position limit $5
    ) e
    order by e.global_position limit $5
  ), uncounted as (
    select ${SLIM} from (
      select * from events where global_position > (select checkpoint from checkpoints where name = 'density')
      order by global_position limit 20000
    ) e where ${conditions} limit $5
  )
  select * from counted union select * from uncounted order by 1 limit $5`;

const IN_RANGE = (conditions: string, order: string) => `
  select ${SLIM} from events e
  where global_position > $1 and global_position <= $2 and ${conditions}
  order by ${order} limit $3`;

type EventRow = Omit<TimelineEvent, 'actor' | 'correlationId' | 'causationId'> & {
  actor: string | null;
  correlationId: string | null;
  causationId: string | null;
};

/** The events of the window in global order; null where they are too many. */
async function readEvents(parts: Parts, query: TimelineQuery): Promise<TimelineEvent[] | null> {
  const options = { signal: parts.signal };
  const limit = EVENTS_MAX + 1;
  const read = async () => {
    if (!isNarrowed(query)) {
      const { sql, parameters } = eventConditions(query, 6);
      const first = [query.from, query.to, query.categories ?? null, query.eventTypes ?? null, limit];
      return parts.database.query<EventRow>(BY_SECOND(sql.join(' and ')), [...first, ...parameters], options);
    }
    const { low, high } = await countedRange(parts, query);
    const { sql, parameters } = eventConditions(query, 4);
    return parts.database.query<EventRow>(
      IN_RANGE(sql.join(' and '), orderOf(query)),
      [low, high, limit, ...parameters],
      options,
    );
  };
  const rows = await read();
  return rows.length > EVENTS_MAX ? null : rows;
}
