import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { CORRELATION_KEY, correlatedWith } from './correlation-key.ts';
import type { Trace, TraceCommand, TraceEvent } from './traces.ts';

/** More than this nobody reads in one drawing; the page says that there are more. */
const EVENTS_MAX = 5000;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const EVENTS = `
  select global_position as "globalPosition", stream_id as "streamId", split_part(stream_id, '-', 1) as category,
         stream_version::float8 as "streamVersion", event_id as "eventId", event_type as "eventType",
         metadata->>'commandId' as "commandId", metadata->>'causationId' as "causationId", metadata->>'actor' as actor,
         occurred_at as "occurredAt", recorded_at as "recordedAt"
  from events where ${correlatedWith('$1')} and global_position <= $2
  order by ${CORRELATION_KEY} limit $3`;

const COMMANDS = `
  select command_id as "commandId", command_type as "commandType", stream_id as "streamId", outcome, actor,
         received_at as "receivedAt", duration_ms as "durationMs", coalesce(receipt->'steps', '[]') as steps,
         coalesce(receipt->'projections', '[]') as projections
  from commands where command_id = any ($1::uuid[]) order by received_at, command_id`;

const PROJECTIONS = `select name, sink, checkpoint, categories from checkpoints order by name`;

/** One command and all that it caused, up to the high-water mark, with the commands that a receipt is kept of. */
export async function trace(
  { database, eventStore }: { database: Database; eventStore: EventStore },
  { correlationId }: { correlationId: string },
): Promise<Trace> {
  const { position: mark } = await eventStore.highWaterMark();
  const rows = await database.query<TraceEvent>(EVENTS, [correlationId, mark, EVENTS_MAX + 1]);
  const events = rows.slice(0, EVENTS_MAX);
  // A command that was refused has no event, but began the correlation.
  const ids = new Set(
    [correlationId, ...events.flatMap((event) => event.commandId ?? [])].filter((id) => UUID.test(id)),
  );
  const [commands, projections] = await Promise.all([
    database.query<TraceCommand>(COMMANDS, [[...ids]]),
    database.query<Trace['projections'][number]>(PROJECTIONS),
  ]);
  return { correlationId, events, commands, projections, eventsMax: EVENTS_MAX, truncated: rows.length > EVENTS_MAX };
}
