import type { RecordedEvent } from '#server/kernel/event.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import { defineProjection } from '#server/projections/define-projection.ts';

const BUCKET_SECONDS = [1, 60, 3600] as const;

type Bucket = {
  seconds: number;
  start: string;
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

/**
 * Counts by second, minute and hour for the histogram, so that a window over ten million events is a few hundred rows.
 * A bucket counts an event only where it lies past the bucket's last position: what is applied again counts nothing.
 */
export const densityProjection = defineProjection({
  name: 'density',
  version: 1,
  sink: 'sql',
  title: 'Event density',
  acknowledges: false,
  // A bucket counts only past its last position, so an event can't be counted after later ones.
  onFailure: 'stop',
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
  ],
  code: import.meta.url,
  async apply(events, write) {
    const buckets = new Map<string, Bucket>();
    for (const event of events) for (const seconds of BUCKET_SECONDS) addTo(buckets, event, seconds);
    const known = await write<Omit<Bucket, 'positions'> & { last: Position }>(KNOWN, keysOf([...buckets.values()]));
    for (const { last, ...bucket } of known) {
      const counted = buckets.get(keyOf(bucket));
      if (counted) counted.positions = counted.positions.filter((position) => comparePositions(position, last) > 0);
    }
    const fresh = [...buckets.values()].filter((bucket) => bucket.positions.length > 0);
    if (fresh.length === 0) return;
    await write(ADD, [
      ...keysOf(fresh),
      fresh.map((bucket) => bucket.positions.length),
      fresh.map((bucket) => bucket.positions[0]),
      fresh.map((bucket) => bucket.positions.at(-1)),
    ]);
  },
});

function addTo(buckets: Map<string, Bucket>, event: RecordedEvent, seconds: number): void {
  const { occurredAt, category, eventType, globalPosition } = event;
  const width = seconds * 1000;
  const start = new Date(Math.floor(Date.parse(occurredAt) / width) * width).toISOString();
  const bucket = { seconds, start, category, eventType };
  const found = buckets.get(keyOf(bucket));
  if (found) found.positions.push(globalPosition);
  else buckets.set(keyOf(bucket), { ...bucket, positions: [globalPosition] });
}

function keyOf({ seconds, start, category, eventType }: Omit<Bucket, 'positions'>): string {
  return `${seconds} ${start} ${category} ${eventType}`;
}

function keysOf(buckets: readonly Bucket[]): unknown[] {
  return [
    buckets.map((bucket) => bucket.seconds),
    buckets.map((bucket) => bucket.start),
    buckets.map((bucket) => bucket.category),
    buckets.map((bucket) => bucket.eventType),
  ];
}
