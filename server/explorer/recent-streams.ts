import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Explorer, RecentStreams } from './explorer.ts';

/** The newest events that are looked at, and the streams that are told of them. */
const EVENTS_MAX = 20_000;
const STREAMS_MAX = 2000;

const ORDER = {
  last: 'newest desc',
  growth: 'growth desc, newest desc',
  version: 'version desc, stream_id',
};

// Of each stream the newest event tells the version. Which streams are told is settled before their rows are fetched, one
// by one by their key: a join of thousands made the planner read all of a million streams.
const RECENT = (order: string) => `
  with newest as materialized (
    select global_position, stream_id, stream_version, recorded_at from events where global_position <= $1
    order by global_position desc limit ${EVENTS_MAX}
  ), grown as materialized (
    select stream_id, count(*) as growth, max(global_position) as newest, max(stream_version) as version from newest
    where $2::text is null or split_part(stream_id, '-', 1) = $2 group by stream_id
  ), told as (
    select * from grown order by ${order} limit ${STREAMS_MAX}
  )
  select s.stream_id as "streamId", s.category, s.version::float8 as "streamVersion", s.first_at as "firstAt",
         s.last_at as "lastAt", told.growth::float8 as growth, (select count(*) from grown)::float8 as among,
         (select count(*) from newest)::float8 as events, (select min(recorded_at) from newest) as since
  from told cross join lateral (select * from streams where stream_id = told.stream_id offset 0) s
  order by ${order.replaceAll(/\b(newest|growth|version|stream_id)\b/g, 'told.$1')}`;

type Row = RecentStreams['streams'][number] & { among: number; events: number; since: string };

/**
 * The streams of the newest events, by their last event, by how many they got, or by how long they are. An index for
 * it would be written by every append, so it is bounded instead, and says by what.
 */
export async function recentStreams(
  { database, eventStore }: { database: Database; eventStore: EventStore },
  { category, sort }: Parameters<Explorer['recentStreams']>[0],
): Promise<RecentStreams> {
  const { position } = await eventStore.highWaterMark();
  const rows = await database.query<Row>(RECENT(ORDER[sort]), [position, category ?? null]);
  const [first] = rows;
  return {
    streams: rows.map(({ among: _, events: __, since: ___, ...stream }) => stream),
    streamsFound: first?.among ?? 0,
    eventsLookedAt: first?.events ?? 0,
    since: first?.since ?? null,
  };
}
