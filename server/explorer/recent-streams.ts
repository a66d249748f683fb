import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Explorer, RecentStreams } from './explorer.ts';

/** The newest events that are looked at, and the streams that are told of them. */
const EVENTS_MAX = 50_000;
const STREAMS_MAX = 2000;

const ORDER = {
  last: 'grown.newest desc',
  growth: 'grown.growth desc, grown.newest desc',
  version: 's.version desc, s.stream_id',
};

const RECENT = (order: string) => `
  with newest as materialized (
    select global_position, stream_id, recorded_at from events where global_position <= $1
    order by global_position desc limit ${EVENTS_MAX}
  ), grown as materialized (
    select stream_id, count(*) as growth, max(global_position) as newest from newest
    where $2::text is null or split_part(stream_id, '-', 1) = $2 group by stream_id
  )
  select s.stream_id as "streamId", s.category, s.version::float8 as "streamVersion", s.first_at as "firstAt",
         s.last_at as "lastAt", grown.growth::float8 as growth, (select count(*) from grown)::float8 as among,
         (select count(*) from newest)::float8 as events, (select min(recorded_at) from newest) as since
  from grown join streams s using (stream_id) order by ${order} limit ${STREAMS_MAX}`;

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
