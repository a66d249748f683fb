import type { CallOptions, Database, Query } from '#db/database.ts';
import { codeOf, SQL_STATE, toKernelError } from '#db/sql-state.ts';
import type { AppendResult } from '#server/event-store/event-store.ts';
import type { PreparedAppend, PreparedEvent } from '#server/event-store/prepare-events.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { expectedVersionToSql } from '#server/kernel/expected-version.ts';
import { type Position, START } from '#server/kernel/position.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';

const APPEND_NEXT = 'select append_next($1, $2, $3, $4, $5, $6, $7, $8, $9) as global_position';
const APPEND_EVENT = 'select * from append_event($1, $2, $3, $4, $5, $6, $7, $8, $9)';
const APPEND_STREAM = 'select * from append_stream($1, $2, $3, $4, $5, $6, $7, $8, $9)';

/**
 * Appends by one call of `append_next`, `append_event` or `append_stream`. Where that fails because the version does not
 * fit or an event id stands already, it looks for an earlier append of the same events, and gives its answer.
 */
export async function append(
  database: Database,
  request: PreparedAppend,
  options?: CallOptions,
): Promise<AppendResult> {
  const { events } = request;
  try {
    return await appendWithin((statement, parameters) => database.query(statement, parameters, options), request);
  } catch (error) {
    const reused = codeOf(error) === SQL_STATE.uniqueViolation;
    const conflicted = isTidemarkError(error, 'expected-version-conflict');
    if (!reused && !conflicted) throw error;
    const earlier = await findEarlierAppend(database.query, request, events);
    if (earlier !== undefined) return earlier;
    throw conflicted ? conflict(request, error) : toKernelError(error);
  }
}

/** The same within a transaction of the caller's own; the caller's commit makes it durable. */
export async function appendWithin(
  query: Query,
  { streamId, expectedVersion, events }: PreparedAppend,
): Promise<AppendResult> {
  const expected = expectedVersionToSql(expectedVersion);
  const stream = [streamId, categoryOf(streamId), expected];
  const [event] = events;
  if (event !== undefined && events.length === 1) {
    const { eventId, eventType, schemaVersion, data, metadata, occurredAt = null } = event;
    const columns = [eventId, eventType, schemaVersion, JSON.stringify(data), JSON.stringify(metadata), occurredAt];
    const [row] = await query<{ stream_version?: string; global_position: Position }>(
      expected >= 0 ? APPEND_NEXT : APPEND_EVENT,
      [...stream, ...columns],
    );
    if (row === undefined) throw new Error('the append gave no row');
    return toResult(streamId, row.stream_version ?? expected + 1, [row.global_position]);
  }
  const [row] = await query<{ stream_version: string; positions: Position[] }>(APPEND_STREAM, [
    ...stream,
    ...eventColumns([{ events }]),
  ]);
  if (row === undefined) throw new Error('append_stream gave no row');
  return toResult(streamId, row.stream_version, row.positions);
}

export function toResult(streamId: StreamId, version: string | number, positions: Position[]): AppendResult {
  return {
    streamId,
    streamVersion: Number(version),
    globalPosition: positions.at(-1) ?? START,
    positions,
    appended: positions.length,
    duplicate: false,
  };
}

/**
 * What the functions take of the events, one element each. JSON has no line break of its own; as an array of texts it
 * would have each quotation mark escaped once more.
 */
export function eventColumns(requests: readonly Pick<PreparedAppend, 'events'>[]): unknown[] {
  const ids: string[] = [];
  const types: string[] = [];
  const schemaVersions: number[] = [];
  const data: string[] = [];
  const metadata: string[] = [];
  const times: (string | null)[] = [];
  for (const { events } of requests) {
    for (const event of events) {
      ids.push(event.eventId);
      types.push(event.eventType);
      schemaVersions.push(event.schemaVersion);
      data.push(JSON.stringify(event.data));
      metadata.push(JSON.stringify(event.metadata));
      times.push(event.occurredAt ?? null);
    }
  }
  return [ids, types, schemaVersions, data.join('\n'), metadata.join('\n'), times];
}

const FIND = `
  select e.event_id, e.stream_version, e.global_position, e.stream_id = $1 as same_stream,
         e.event_type = n.event_type and e.data = n.data::jsonb as same_content
  from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as n (event_id, event_type, data, ordinality)
  join events e using (event_id)
  order by n.ordinality`;

type FoundRow = {
  event_id: string;
  stream_version: string;
  global_position: Position;
  same_stream: boolean;
  same_content: boolean;
};

/**
 * The answer of the append that wrote these events; undefined where none of the ids stands. Postgres compares the data,
 * because it alone knows what it stored. Throws `event-id-reused` where only some stand, or where the content differs.
 */
async function findEarlierAppend(
  query: Query,
  { streamId }: PreparedAppend,
  events: readonly PreparedEvent[],
): Promise<AppendResult | undefined> {
  const found = await query<FoundRow>(FIND, [
    streamId,
    events.map((event) => event.eventId),
    events.map((event) => event.eventType),
    events.map((event) => JSON.stringify(event.data)),
  ]);
  const last = found.at(-1);
  if (last === undefined) return undefined;
  const strange = found.find((row) => !row.same_stream || !row.same_content);
  if (strange !== undefined) throw idReused(strange.event_id, 'with other content or in another stream');
  if (found.length < events.length) throw idReused(last.event_id, 'in another append');
  return {
    streamId,
    streamVersion: Number(last.stream_version),
    globalPosition: last.global_position,
    positions: found.map((row) => row.global_position),
    appended: 0,
    duplicate: true,
  };
}

function idReused(eventId: string, how: string): TidemarkError {
  const message = `the event id ${eventId} was used before ${how}`;
  return new TidemarkError('event-id-reused', message, { field: 'events', eventId });
}

/** The error of an append that did not fit, naming the stream and both versions. */
export function conflict({ streamId, expectedVersion }: PreparedAppend, error: TidemarkError): TidemarkError {
  const actualVersion = Number(error.details.actualVersion);
  const message = `${streamId} is at version ${actualVersion}, not at ${expectedVersion}`;
  return new TidemarkError('expected-version-conflict', message, { streamId, expectedVersion, actualVersion });
}
