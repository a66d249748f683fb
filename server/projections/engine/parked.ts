import type { Query } from '#db/database.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Held } from './checkpoint.ts';
import type { Failure } from './failure.ts';

/** An event set aside: with the failure that it ran into, or without one where it waits behind such a one. */
export type SetAside = { event: RecordedEvent; failure: Failure | undefined };

// Locked until the page commits: who skips the event that a stream waits for finds all that wait behind it.
const STANDING = `
  select stream_id as "streamId", global_position as position, state from parked
  where name = $1 and version = $2 and stream_id = any ($3) order by global_position for update`;

type Standing = { streamId: string; position: Position; state: 'failed' | 'waiting' | 'skipped' };

/** What is set aside of these streams: the streams that wait, and the positions that were skipped. */
export async function standingOf(
  query: Query,
  { name, version }: Held,
  events: readonly RecordedEvent[],
): Promise<{ blocked: Set<string>; skipped: Set<Position> }> {
  const streams = [...new Set(events.map((event) => event.streamId))];
  const rows = await query<Standing>(STANDING, [name, version, streams]);
  return {
    blocked: new Set(rows.filter((row) => row.state !== 'skipped').map((row) => row.streamId)),
    skipped: new Set(rows.filter((row) => row.state === 'skipped').map((row) => row.position)),
  };
}

// Retried after 1, 2, 4 … seconds up to ten minutes, a tenth earlier or later so that they don't come all at once.
const PUT = `
  insert into parked as p (name, version, global_position, stream_id, stream_version, event_type, state, fingerprint, message,
                           stack, attempts, last_failed_at, next_retry_at)
  select $1, $2, position, stream_id, stream_version, event_type, case when fingerprint = '' then 'waiting' else 'failed' end,
         fingerprint, message, stack, (fingerprint <> '')::int,
         case when fingerprint <> '' then clock_timestamp() end,
         case when fingerprint <> '' then clock_timestamp() + (0.9 + random() * 0.2) * interval '1 second' end
  from unnest($3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
    as n (position, stream_id, stream_version, event_type, fingerprint, message, stack)
  on conflict (name, version, global_position) do update set
    state = excluded.state, fingerprint = excluded.fingerprint, message = excluded.message, stack = excluded.stack,
    attempts = p.attempts + excluded.attempts, last_failed_at = coalesce(excluded.last_failed_at, p.last_failed_at),
    next_retry_at = case when excluded.state = 'failed' then clock_timestamp() + least(600, power(2, least(p.attempts, 12))) * (0.9 + random() * 0.2) * interval '1 second' end
  where p.state <> 'skipped'`;

/** Sets events aside, or notes that one failed again. */
export async function setAside(query: Query, { name, version }: Held, aside: readonly SetAside[]): Promise<void> {
  if (aside.length === 0) return;
  await query(PUT, [
    name,
    version,
    aside.map(({ event }) => event.globalPosition),
    aside.map(({ event }) => event.streamId),
    aside.map(({ event }) => event.streamVersion),
    aside.map(({ event }) => event.eventType),
    aside.map(({ failure }) => failure?.fingerprint ?? ''),
    aside.map(({ failure }) => failure?.message ?? ''),
    aside.map(({ failure }) => failure?.stack ?? ''),
  ]);
}

const DUE = `
  select stream_id as "streamId" from parked
  where name = $1 and version = $2 and state <> 'skipped' and next_retry_at <= clock_timestamp()
  group by stream_id order by min(next_retry_at) limit $3`;

/** Streams whose first parked event is to be tried again. */
export async function dueStreams(query: Query, { name, version }: Held, limit: number): Promise<string[]> {
  const rows = await query<{ streamId: string }>(DUE, [name, version, limit]);
  return rows.map((row) => row.streamId);
}

const OPEN = `
  select global_position as position from parked
  where name = $1 and version = $2 and stream_id = any ($3) and state <> 'skipped'
  order by global_position limit $4 for update`;

/** Positions set aside of these streams, locked, in order. */
export async function openPositions(
  query: Query,
  { name, version }: Held,
  { streams, limit }: { streams: readonly string[]; limit: number },
): Promise<Position[]> {
  const rows = await query<{ position: Position }>(OPEN, [name, version, streams, limit]);
  return rows.map((row) => row.position);
}

/** Takes events out that were handled after all. */
export async function takeOut(query: Query, { name, version }: Held, events: readonly RecordedEvent[]): Promise<void> {
  await query('delete from parked where name = $1 and version = $2 and global_position = any ($3)', [
    name,
    version,
    events.map((event) => event.globalPosition),
  ]);
}

const NEXT = `
  update parked set next_retry_at = clock_timestamp()
  where name = $1 and version = $2 and state = 'waiting' and next_retry_at is null and global_position in (
    select min(global_position) from parked
    where name = $1 and version = $2 and stream_id = any ($3) and state <> 'skipped' group by stream_id)`;

/** Where what these streams waited for is gone, the first that waits is to be tried now. */
export async function wakeStreams(
  query: Query,
  { name, version }: { name: string; version: number },
  streams: readonly string[],
): Promise<void> {
  await query(NEXT, [name, version, streams]);
}

/** Whether anything is set aside, which a page then has to mind. */
export async function hasParked(query: Query, { name, version }: Held): Promise<boolean> {
  const statement = `select 1 from parked p where name = $1 and version = $2 and (state <> 'skipped' or global_position >
    (select checkpoint from projection_versions v where v.name = $1 and v.version = $2)) limit 1`;
  return (await query(statement, [name, version])).length > 0;
}
