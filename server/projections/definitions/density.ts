import { DENSITY_LEVELS } from '#server/kernel/density-levels.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import { defineProjection, type Write } from '#server/projections/define-projection.ts';

type Bucket = {
  seconds: number;
  /** In ms since 1970. */
  start: number;
  category: string;
  eventType: string;
  positions: Position[];
};

const KNOWN = `
  select d.bucket_seconds as seconds, d.bucket_start as start, d.category, d.event_type as "eventType", d.last_position as last
  from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[]) as n (seconds, start, category, event_type)
  join density d on d.bucket_seconds = n.seconds and d.bucket_start = n.start
    and d.category = n.category and d.event_type = n.event_type`;

const ADD = `
  insert into density as d (bucket_seconds, bucket_start, category, event_type, count, first_position, last_position)
  select * from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
  on conflict (bucket_seconds, bucket_start, category, event_type) do update
    set count = d.count + excluded.count, last_position = excluded.last_position`;

const STREAMS_KNOWN = 'select category, last_position as last from stream_counts where category = any ($1)';

const ADD_STREAMS = `
  insert into stream_counts as c (category, streams, last_position)
  select * from unnest($1::text[], $2::bigint[], $3::bigint[])
  on conflict (category) do update set streams = c.streams + excluded.streams, last_position = excluded.last_position`;

/**
 * Counts by second, minute, ten minutes and so on up to the month, so that a window over ten million events is a few
 * hundred rows; and streams by category, so that nobody counts a million of them to open a page. A row counts an event
 * only where it lies past the row's last position: what is applied again counts nothing.
 */
export const densityProjection = defineProjection({
  name: 'density',
  version: 1,
  sink: 'sql',
  title: 'Event density',
  acknowledges: false,
  // A bucket counts only past its last position, so an event can't be counted after later ones.
  onFailure: 'stop',
  payloads: false,
  tables: [
    `create table density (
      bucket_seconds int not null,
      bucket_start timestamptz not null,
      category text collate "C" not null,
      event_type text collate "C" not null,
      count bigint not null,
      first_position bigint not null,
      last_position bigint not null,
      primary key (bucket_seconds, bucket_start, category, event_type)
    )`,
    `create table stream_counts (
      category text collate "C" primary key,
      streams bigint not null,
      last_position bigint not null
    )`,
  ],
  code: import.meta.url,
  async apply(events, write) {
    await countEvents(events, write);
    await countStreams(events, write);
  },
});

async function countEvents(events: readonly RecordedEvent[], write: Write): Promise<void> {
  const buckets = new Map<string, Bucket>();
  for (const event of events) {
    const at = Date.parse(event.occurredAt);
    for (const seconds of DENSITY_LEVELS) addTo(buckets, event, at, seconds);
  }
  const known = await write<Omit<Bucket, 'start' | 'positions'> & { start: string; last: Position }>(
    KNOWN,
    keysOf([...buckets.values()]),
  );
  for (const { last, start, ...bucket } of known) {
    const counted = buckets.get(keyOf({ ...bucket, start: Date.parse(start) }));
    if (counted) counted.positions = after(counted.positions, last);
  }
  const fresh = [...buckets.values()].filter((bucket) => bucket.positions.length > 0);
  if (fresh.length === 0) return;
  await write(ADD, [
    ...keysOf(fresh),
    fresh.map((bucket) => bucket.positions.length),
    fresh.map((bucket) => bucket.positions[0]),
    fresh.map((bucket) => bucket.positions.at(-1)),
  ]);
}

/** A stream is counted where its first event is. */
async function countStreams(events: readonly RecordedEvent[], write: Write): Promise<void> {
  const opened = new Map<string, Position[]>();
  for (const { streamVersion, category, globalPosition } of events) {
    if (streamVersion !== 1) continue;
    const positions = opened.get(category);
    if (positions) positions.push(globalPosition);
    else opened.set(category, [globalPosition]);
  }
  if (opened.size === 0) return;
  const known = await write<{ category: string; last: Position }>(STREAMS_KNOWN, [[...opened.keys()]]);
  for (const { category, last } of known) opened.set(category, after(opened.get(category) ?? [], last));
  const fresh = [...opened].filter(([, positions]) => positions.length > 0);
  await write(ADD_STREAMS, [
    fresh.map(([category]) => category),
    fresh.map(([, positions]) => positions.length),
    fresh.map(([, positions]) => positions.at(-1)),
  ]);
}

function after(positions: Position[], last: Position): Position[] {
  return positions.filter((position) => comparePositions(position, last) > 0);
}

function addTo(buckets: Map<string, Bucket>, event: RecordedEvent, at: number, seconds: number): void {
  const { category, eventType, globalPosition } = event;
  const width = seconds * 1000;
  const bucket = { seconds, start: Math.floor(at / width) * width, category, eventType };
  const key = keyOf(bucket);
  const found = buckets.get(key);
  if (found) found.positions.push(globalPosition);
  else buckets.set(key, { ...bucket, positions: [globalPosition] });
}

function keyOf({ seconds, start, category, eventType }: Omit<Bucket, 'positions'>): string {
  return `${seconds} ${start} ${category} ${eventType}`;
}

function keysOf(buckets: readonly Bucket[]): unknown[] {
  return [
    buckets.map((bucket) => bucket.seconds),
    buckets.map((bucket) => new Date(bucket.start).toISOString()),
    buckets.map((bucket) => bucket.category),
    buckets.map((bucket) => bucket.eventType),
  ];
}
