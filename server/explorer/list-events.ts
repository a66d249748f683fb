import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { comparePositions, laterPosition, type Position, START } from '#server/kernel/position.ts';
import { CORRELATION_KEY, correlationKeyAt } from './correlation-key.ts';
import { DENSITY_IN_PIECES, densityCheckpoint, pieceParameters, piecesOf } from './density-rows.ts';
import { eventConditions, isIndexed, orderOf } from './event-conditions.ts';
import type { EventFilter, EventsPage, EventsQuery } from './explorer.ts';

/** A page looks at this many positions at most, in steps; then it answers with what it has and where to go on. */
const STEP_POSITIONS = 20_000;
const STEPS_MAX = 25;

const COLUMNS = `global_position as "globalPosition", stream_id as "streamId", split_part(stream_id, '-', 1) as category,
  stream_version::float8 as "streamVersion", event_type as "eventType", schema_version as "schemaVersion",
  event_id as "eventId", data, metadata, occurred_at as "occurredAt", recorded_at as "recordedAt"`;

/**
 * Events in global order, forward or backward from a position, under a filter, never past the high-water mark. With a
 * filter a page may be short and still have a next.
 */
export async function listEvents(
  { database, eventStore, signal }: { database: Database; eventStore: EventStore; signal?: AbortSignal | undefined },
  { after, limit = 100, direction = 'forward', ...filter }: EventsQuery,
): Promise<EventsPage> {
  const { position: mark } = await eventStore.highWaterMark();
  const range = await positionRange(database, filter, mark);
  const forward = direction === 'forward';
  // Both ends exclusive-inclusive: positions above `low`, up to `high`.
  let low = forward && after !== undefined ? laterPosition(after, range.low) : range.low;
  let high = forward || after === undefined ? range.high : lower(before(after), range.high);
  const { sql, parameters } = eventConditions(filter, 4);
  const near = nearCursor(filter, forward, 4 + parameters.length);
  parameters.push(...near.parameters);
  const where = ['global_position > $1', 'global_position <= $2', ...near.sql, ...sql].join(' and ');
  const statement = `select ${COLUMNS} from events where ${where} order by ${orderOf(filter)} ${forward ? '' : 'desc'} limit $3`;
  // Streams and correlations have indexes, and without a filter a page is full at once: none of them needs steps.
  const step = sql.length === 0 || isIndexed(filter) ? Number.MAX_SAFE_INTEGER : STEP_POSITIONS;

  const events: RecordedEvent[] = [];
  for (let steps = 0; steps < STEPS_MAX && comparePositions(low, high) < 0; steps += 1) {
    const from = forward ? low : laterPosition(low, toPosition(Number(high) - step));
    const to = forward ? lower(high, toPosition(Number(low) + step)) : high;
    const values = [from, to, limit + 1 - events.length, ...parameters];
    const rows = await database.query<RecordedEvent>(statement, values, { signal });
    events.push(...rows.map(eventStore.upcast));
    if (events.length > limit)
      return { events: events.slice(0, limit), nextAfter: events[limit - 1]?.globalPosition ?? null };
    if (forward) low = to;
    else high = from;
  }
  if (comparePositions(low, high) >= 0) return { events, nextAfter: null };
  return { events, nextAfter: forward ? low : toPosition(Number(high) + 1) };
}

/**
 * The cursor in terms of the index that finds a filter's events, beside the positions $1 and $2: without it a page deep in a
 * long stream reads all of the stream that lies before it.
 */
function nearCursor({ streamId, correlationId }: EventFilter, forward: boolean, next: number) {
  const versionAt = (position: string) =>
    `(select stream_version from events where global_position = ${position} and stream_id = $${next})`;
  if (streamId !== undefined) {
    const sql = forward
      ? `stream_version > coalesce(${versionAt('$1')}, 0)`
      : `stream_version < coalesce(${versionAt('$2::bigint + 1')}, ${Number.MAX_SAFE_INTEGER})`;
    return { sql: [sql], parameters: [streamId] };
  }
  if (correlationId === undefined) return { sql: [], parameters: [] };
  const keyAt = (position: string) => correlationKeyAt(`$${next}`, position);
  return {
    sql: [`${CORRELATION_KEY} > ${keyAt('$1::bigint')}`, `${CORRELATION_KEY} <= ${keyAt('$2::bigint')}`],
    parameters: [correlationId],
  };
}

const POSITIONS = `
  select min(d.first_position) as first, max(d.last_position) as last from ${DENSITY_IN_PIECES}
  where ($4::text[] is null or category = any ($4)) and ($5::text[] is null or event_type = any ($5))`;

/** Between which positions events of this time, category and type stand: from the rollup, and all that it lacks. */
export async function positionRange(
  database: Database,
  { from, to, categories, eventTypes, firstPosition, lastPosition }: EventFilter,
  mark: Position,
): Promise<{ low: Position; high: Position }> {
  const least = firstPosition === undefined ? START : before(firstPosition);
  const most = lastPosition === undefined ? mark : lower(lastPosition, mark);
  if (!from && !to && !categories && !eventTypes) return { low: least, high: most };
  const checkpoint = await densityCheckpoint(database);
  const parameters = [...pieceParameters(piecesOf({ from, to })), categories ?? null, eventTypes ?? null];
  const [row] = await database.query<{ first: Position | null; last: Position | null }>(POSITIONS, parameters);
  const uncounted = comparePositions(checkpoint, mark) < 0;
  if (row?.first == null || row.last == null) {
    return { low: laterPosition(least, uncounted ? checkpoint : mark), high: most };
  }
  return { low: laterPosition(least, before(row.first)), high: uncounted ? most : lower(row.last, most) };
}

function lower(a: Position, b: Position): Position {
  return comparePositions(a, b) <= 0 ? a : b;
}

function before(position: Position): Position {
  return toPosition(Number(position) - 1);
}

function toPosition(value: number): Position {
  return String(Math.max(0, Math.min(value, 9_999_999_999_999))) as Position;
}
