import { channels, type Database, type Query } from '#db/database.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Operations, ParkedChoice } from '#server/projections/operations.ts';
import { appendAct, unknownProjection } from './act.ts';
import { wakeStreams } from './parked.ts';

/** Of one request; the worker takes them in turns of 50 streams. */
const CHOSEN_MAX = 10_000;

const CHOOSE = `
  select p.global_position as position, p.stream_id as "streamId" from parked p
  where p.name = $1 and p.version = $2 and p.state = 'failed'
    and ($3::bigint[] is null or p.global_position = any ($3)) and ($4::text is null or p.fingerprint = $4)
  order by p.global_position limit $5 for update`;

type Chosen = { version: number; positions: Position[]; streams: string[] };

async function choose(
  query: Query,
  { projection, version, positions, fingerprint, limit }: ParkedChoice,
): Promise<Chosen> {
  const [row] = await query<{ serving: number }>('select serving_version as serving from projections where name = $1', [
    projection,
  ]);
  if (row === undefined) throw unknownProjection(projection);
  const chosen = version ?? row.serving;
  const rows = await query<{ position: Position; streamId: string }>(CHOOSE, [
    projection,
    chosen,
    positions ?? null,
    fingerprint ?? null,
    Math.min(limit ?? CHOSEN_MAX, CHOSEN_MAX),
  ]);
  return {
    version: chosen,
    positions: rows.map((one) => one.position),
    streams: [...new Set(rows.map((one) => one.streamId))],
  };
}

/** Has parked events tried again now. The worker does it: it alone writes the version. */
export function retryParked(
  database: Database,
  request: ParkedChoice & { actor: string; reason: string },
): ReturnType<Operations['retryParked']> {
  return database.transaction(async (query) => {
    const { version, positions } = await choose(query, request);
    if (positions.length === 0) return { requested: 0, globalPosition: null };
    await query(
      `update parked set next_retry_at = clock_timestamp() where name = $1 and version = $2 and global_position = any ($3)`,
      [request.projection, version, positions],
    );
    const { globalPosition } = await tell(query, database.schema, request, {
      eventType: 'ParkedEventsRetried',
      version,
      positions,
    });
    return { requested: positions.length, globalPosition };
  });
}

/** Passes over parked events for good. What waited behind them is tried at once. */
export function skipParked(
  database: Database,
  request: ParkedChoice & { actor: string; reason: string },
): ReturnType<Operations['skipParked']> {
  return database.transaction(async (query) => {
    const { version, positions, streams } = await choose(query, request);
    if (positions.length === 0) return { skipped: 0, globalPosition: null };
    await query(
      `update parked set state = 'skipped', next_retry_at = null, skipped = jsonb_build_object('actor', $4::text, 'reason', $5::text,
         'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
       where name = $1 and version = $2 and global_position = any ($3)`,
      [request.projection, version, positions, request.actor, request.reason],
    );
    await wakeStreams(query, { name: request.projection, version }, streams);
    const { globalPosition } = await tell(query, database.schema, request, {
      eventType: 'ParkedEventsSkipped',
      version,
      positions,
    });
    return { skipped: positions.length, globalPosition };
  });
}

/** Positions that the event names one by one; beyond them their number and the group tell which they were. */
const NAMED_MAX = 1000;

async function tell(
  query: Query,
  store: string,
  { projection, actor, reason, fingerprint }: ParkedChoice & { actor: string; reason: string },
  { eventType, version, positions }: { eventType: string; version: number; positions: Position[] },
) {
  const data = {
    version,
    reason,
    count: positions.length,
    positions: positions.slice(0, NAMED_MAX),
    fingerprint: fingerprint ?? null,
  };
  const event = await appendAct(query, store, { projection, eventType, actor, data });
  await query('select pg_notify($1, $2)', [channels(store).control, '']);
  return event;
}
