import type { Query } from '#db/database.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';

/** This worker may not write: another one took over, the version was paused, moved by an act, or is gone. */
export class SteppedBackError extends Error {
  readonly why: 'lease_lost' | 'paused' | 'moved' | 'moved_by_hand' | 'gone';
  constructor(why: SteppedBackError['why'], message: string) {
    super(message);
    this.why = why;
  }
}

export type Fault = { message: string; position: Position; since: string; attempts: number };

/** A version as the worker holds it: `epoch` is the one under which it was taken. */
export type Held = { name: string; version: number; epoch: string };

export const BUCKET_POSITIONS = 10_000;

const COUNTED = `
    insert into projection_accounts as a (name, version, bucket, handled, offset_sum, square_sum)
    select $1, $2, * from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
    where exists (select from moved)
    on conflict (name, version, bucket) do update
      set handled = a.handled + excluded.handled, offset_sum = a.offset_sum + excluded.offset_sum,
          square_sum = a.square_sum + excluded.square_sum`;

// The epoch is checked where the row is locked, last of all: a takeover waits for nothing but this statement and the
// commit, and a worker that wakes after it finds another epoch and writes nothing.
const MOVE = `
  with moved as (
    update projection_versions
    set checkpoint = $9, accounted_to = $9, applied_events = applied_events + $10, fault = null,
        moved_at = case when checkpoint = $9 and $10 = 0 then moved_at else clock_timestamp() end,
        update_ms = case
          when $11::timestamptz is null or $11 < clock_timestamp() - interval '1 minute' then update_ms
          else coalesce(0.8 * update_ms, 0) + case when update_ms is null then 1 else 0.2 end
               * extract(epoch from clock_timestamp() - $11) * 1000
        end,
        batch_rate = case when $12::float8 is null then batch_rate else coalesce(0.8 * batch_rate + 0.2 * $12, $12) end,
        batch_rate_deviation = case
          when $12::float8 is null then batch_rate_deviation
          else coalesce(0.8 * batch_rate_deviation + 0.2 * abs($12 - batch_rate), $12 / 4)
        end
    where name = $1 and version = $2 and epoch = $3 and checkpoint = $8 and accounted_to = $8 and paused is null
    returning 1
  ), counted as (${COUNTED})
  select 1 from moved`;

// What is tried again stands under the checkpoint, which a batch beside it may move meanwhile.
const COUNT_RETRIED = `
  with moved as (
    update projection_versions set applied_events = applied_events + $8
    where name = $1 and version = $2 and epoch = $3 and paused is null
    returning 1
  ), counted as (${COUNTED})
  select 1 from moved`;

/** From so many events on a batch tells how fast a version is. */
const TELLING_EVENTS = 500;

export type Move = { from: Position; to: Position; handled: readonly RecordedEvent[]; tookMs: number };

/**
 * Moves the checkpoint and counts what was handled, both when this transaction commits. Throws `SteppedBackError` where
 * the version is not this worker's any more, or not where the page began.
 */
export async function moveCheckpoint(query: Query, held: Held, { from, to, handled, tookMs }: Move) {
  const { name, version, epoch } = held;
  const account = accountOf(handled);
  const lastRecordedAt = handled.at(-1)?.recordedAt ?? null;
  const moved = await query(MOVE, [
    name,
    version,
    epoch,
    ...account,
    from,
    to,
    handled.length,
    lastRecordedAt,
    handled.length >= TELLING_EVENTS ? (handled.length * 1000) / tookMs : null,
  ]);
  if (moved.length === 0) throw await whyNot(query, held, from);
}

/** Counts events that were set aside and are handled now; fails as `moveCheckpoint` does where the lease is lost. */
export async function countRetried(query: Query, held: Held, handled: readonly RecordedEvent[]) {
  const { name, version, epoch } = held;
  const parameters = [name, version, epoch, ...accountOf(handled), handled.length];
  if ((await query(COUNT_RETRIED, parameters)).length === 0) throw await whyNot(query, held, null);
}

/** Counts by bucket, as four columns: bucket, number, sum of the offsets, sum of their squares. */
function accountOf(events: readonly RecordedEvent[]): [number[], number[], number[], number[]] {
  const buckets = new Map<number, [number, number, number]>();
  for (const { globalPosition } of events) {
    const position = Number(globalPosition);
    const bucket = Math.floor(position / BUCKET_POSITIONS);
    const offset = position % BUCKET_POSITIONS;
    const sums = buckets.get(bucket) ?? [0, 0, 0];
    buckets.set(bucket, [sums[0] + 1, sums[1] + offset, sums[2] + offset * offset]);
  }
  const sums = [...buckets.values()];
  return [[...buckets.keys()], sums.map((one) => one[0]), sums.map((one) => one[1]), sums.map((one) => one[2])];
}

const STANDS = `
  select epoch, checkpoint, accounted_to, paused is not null as paused
  from projection_versions where name = $1 and version = $2`;

async function whyNot(query: Query, { name, version, epoch }: Held, from: Position | null): Promise<SteppedBackError> {
  const [row] = await query<{ epoch: string; checkpoint: string; accounted_to: string; paused: boolean }>(STANDS, [
    name,
    version,
  ]);
  const what = `${name} v${version}`;
  if (row === undefined) return new SteppedBackError('gone', `${what} is gone`);
  if (row.epoch !== epoch)
    return new SteppedBackError('lease_lost', `${what} was taken over: epoch ${row.epoch}, not ${epoch}`);
  if (row.paused) return new SteppedBackError('paused', `${what} is paused`);
  if (row.checkpoint !== row.accounted_to) {
    return new SteppedBackError(
      'moved_by_hand',
      `the checkpoint was moved by hand from ${row.accounted_to} to ${row.checkpoint}`,
    );
  }
  return new SteppedBackError('moved', `${what} is at ${row.checkpoint}, not at ${from}`);
}
