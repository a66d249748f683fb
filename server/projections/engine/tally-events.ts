import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { pause } from '#server/kernel/pause.ts';
import { BUCKET_POSITIONS } from './checkpoint.ts';

/** Between two buckets that are counted anew: ten million events are a thousand buckets, gone through in half an hour. */
const AGAIN_MS = 2000;

const DEADLINE_MS = 30_000;

const NEXT = `
  select coalesce(max(bucket) + 1, 0)::float8 as next,
    (select bucket::float8 from event_buckets order by counted_at limit 1) as oldest
  from event_buckets`;

const COUNT = `
  with counted as (
    select split_part(stream_id, '-', 1) as category, count(*) as events, sum(global_position % ${BUCKET_POSITIONS}) as offsets,
      sum((global_position % ${BUCKET_POSITIONS}) * (global_position % ${BUCKET_POSITIONS})) as squares
    from events
    where global_position >= $1::bigint * ${BUCKET_POSITIONS} and global_position < ($1::bigint + 1) * ${BUCKET_POSITIONS}
    group by 1
  ), noted as (
    insert into event_buckets (bucket) values ($1) on conflict (bucket) do update set counted_at = clock_timestamp()
  ), gone as (
    delete from event_tallies t
    where t.bucket = $1 and not exists (select from counted c where c.category = t.category)
  )
  insert into event_tallies as t (bucket, category, events, offset_sum, square_sum)
  select $1, category, events, offsets, squares from counted
  on conflict (bucket, category) do update
    set events = excluded.events, offset_sum = excluded.offset_sum, square_sum = excluded.square_sum
    where (t.events, t.offset_sum, t.square_sum) is distinct from (excluded.events, excluded.offset_sum, excluded.square_sum)`;

/**
 * Counts what the store has, bucket by bucket in order, as far as the mark has passed them; with nothing new to count,
 * the bucket that was counted longest ago once more, because somebody may have taken an event out by hand. It rests as
 * long as it works.
 */
export function startTally(database: Database, eventStore: EventStore): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      // What can't be counted because the database is away is counted later.
      const more = await tallyNext(database, eventStore).catch(() => false);
      await pause(more ? performance.now() - startedAt : AGAIN_MS, stopping.signal);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Counts one bucket; resolves with whether it was a new one. */
async function tallyNext(database: Database, eventStore: EventStore): Promise<boolean> {
  const { position } = await eventStore.highWaterMark();
  const [row] = await database.query<{ next: number; oldest: number | null }>(NEXT);
  const next = row?.next ?? 0;
  const isWhole = (next + 1) * BUCKET_POSITIONS - 1 <= Number(position);
  const bucket = isWhole ? next : row?.oldest;
  if (bucket == null) return false;
  await database.query(COUNT, [bucket], { deadlineMs: DEADLINE_MS });
  return isWhole;
}
