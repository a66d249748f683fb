import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Operations, ParkedDetail, ParkedEvent, ParkedGroup } from '#server/projections/operations.ts';

const COLUMNS = `
  p.name as projection, p.version, p.global_position as "globalPosition", p.stream_id as "streamId",
  p.stream_version::float8 as "streamVersion", p.event_type as "eventType", p.state, p.fingerprint, p.message, p.attempts,
  p.parked_at as "parkedAt", p.last_failed_at as "lastFailedAt", p.next_retry_at as "nextRetryAt", p.skipped,
  (select count(*) from parked w where w.name = p.name and w.version = p.version and w.stream_id = p.stream_id
     and w.state = 'waiting' and w.global_position > p.global_position)::int as waiting`;

const LIST = `
  select ${COLUMNS} from parked p
  where ($1::text is null or p.name = $1) and ($2::text is null or p.fingerprint = $2)
    and ($3::text is null or p.state = $3) and p.global_position > $4 and ($6::bigint is null or p.global_position = $6)
  order by p.global_position, p.name, p.version limit $5`;

/** Parked events by position. */
export async function listParked(
  database: Database,
  { projection, fingerprint, state, position, after, limit = 100 }: Parameters<Operations['parkedEvents']>[0],
): Promise<{ events: ParkedEvent[]; nextAfter: Position | null }> {
  const rows = await database.query<ParkedEvent>(LIST, [
    projection ?? null,
    fingerprint ?? null,
    state ?? (position === undefined ? 'failed' : null),
    after ?? '0',
    limit + 1,
    position ?? null,
  ]);
  const events = rows.slice(0, limit);
  return { events, nextAfter: rows.length > limit ? (events.at(-1)?.globalPosition ?? null) : null };
}

const GROUPS = `
  select p.fingerprint, p.name as projection, p.version, (array_agg(p.message order by p.global_position))[1] as message,
    count(*)::int as events, count(distinct p.stream_id)::int as streams,
    (select count(*) from parked w where w.name = p.name and w.version = p.version and w.state = 'waiting'
       and w.stream_id = any (array_agg(p.stream_id)))::int as waiting,
    array_agg(distinct p.event_type) as "eventTypes", min(p.parked_at) as "firstAt", max(p.last_failed_at) as "lastAt",
    max(p.attempts) as "attemptsMax", min(p.next_retry_at) as "nextRetryAt"
  from parked p where p.state = 'failed' and ($1::text is null or p.name = $1)
  group by p.name, p.version, p.fingerprint order by events desc, p.name, p.fingerprint limit 200`;

/** Failures of one kind together, the most frequent first; `total` counts all that is open, waiting ones included. */
export async function groupParked(
  database: Database,
  { projection }: { projection?: string | undefined },
): Promise<{ groups: ParkedGroup[]; total: number }> {
  const groups = await database.query<ParkedGroup>(GROUPS, [projection ?? null]);
  const [row] = await database.query<{ total: number }>(
    `select count(*)::int as total from parked where state <> 'skipped' and ($1::text is null or name = $1)`,
    [projection ?? null],
  );
  return { groups, total: row?.total ?? 0 };
}

/** One parked event with its stack, and the event itself beside it. */
export async function readParked(
  { database, eventStore }: { database: Database; eventStore: EventStore },
  { projection, version, position }: Parameters<Operations['parkedEvent']>[0],
): Promise<ParkedDetail> {
  const [row] = await database.query<ParkedEvent & { stack: string; waitingPositions: Position[] }>(
    `select ${COLUMNS}, p.stack, array(select w.global_position::text from parked w where w.name = p.name and w.version = p.version
         and w.stream_id = p.stream_id and w.state = 'waiting' and w.global_position > p.global_position
       order by w.global_position limit 100) as "waitingPositions"
     from parked p join projections j on j.name = p.name
     where p.name = $1 and p.version = coalesce($2, j.serving_version) and p.global_position = $3`,
    [projection, version ?? null, position],
  );
  if (row === undefined) {
    throw new TidemarkError('not-found', `${projection} has no parked event at ${position}`, { field: 'position' });
  }
  return { ...row, event: (await eventStore.readEvent(position)) ?? null };
}
