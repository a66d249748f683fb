import type { Query } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { checkReadable, type RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { forEachEvent, type Projection, readableToProjections } from '#server/projections/define-projection.ts';
import { type Inspected, rowsOf } from './inspected.ts';
import { schemaOf } from './version-schema.ts';

/** No version has this number: a replay's schema is rolled back with its transaction, and nobody sees it. */
const REPLAY_VERSION = 0;

export type Replayed = RecordedEvent & { aside: boolean };

/** What a replay works with: the code, the table of its rows, and the schemas of both sides. */
export type Replay = { code: Projection; table: string; key: string; stored: string; fresh: string };

/** Makes the tables of a version once more, empty, and sets the search path to them for the rest of the transaction. */
export async function beginReplay(query: Query, store: string, inspected: Inspected): Promise<Replay> {
  const { name, version, codeVersion, projection } = inspected;
  if (projection === undefined) {
    throw new TidemarkError('bad-request', `the code of ${name} with version ${codeVersion} is not here`, {
      field: 'version',
    });
  }
  const { table, key } = rowsOf(inspected);
  const fresh = schemaOf(store, name, REPLAY_VERSION);
  await query(`create schema "${fresh}"`);
  await query(`select set_config('search_path', $1, true)`, [`"${fresh}", "${store}", public`]);
  for (const statement of projection.tables ?? []) await query(statement);
  return {
    code: projection,
    table,
    key,
    stored: `"${schemaOf(store, name, version)}"."${table}"`,
    fresh: `"${fresh}"."${table}"`,
  };
}

const EVENTS = `
  select e.global_position as "globalPosition", e.stream_id as "streamId", split_part(e.stream_id, '-', 1) as category,
    e.stream_version::float8 as "streamVersion", e.event_id as "eventId", e.event_type as "eventType",
    e.schema_version as "schemaVersion", e.data, e.metadata, e.occurred_at as "occurredAt", e.recorded_at as "recordedAt",
    k.global_position is not null as aside
  from unnest($3::text[]) s (id)
  cross join lateral (
    -- Kept apart, and the position out of reach of its index: a planner without statistics reads the whole order instead
    -- of the streams, or beside each of them (28 ms a stream of a million events, in place of 0.02).
    select * from events where stream_id = s.id and global_position + 0 <= $4 and ($5::timestamptz is null or occurred_at <= $5) offset 0
  ) e
  left join parked k on k.name = $1 and k.version = $2 and k.global_position = e.global_position
  order by e.global_position limit $6`;

/** Events of streams that a version has passed, in order, with those that are set aside marked. */
export async function passedEvents(
  { query, upcast }: { query: Query; upcast: EventStore['upcast'] },
  { name, version, checkpoint, occurredUntil }: Inspected & { checkpoint: Position },
  streams: readonly string[],
  limit: number,
): Promise<Replayed[]> {
  const events = await query<Replayed>(EVENTS, [name, version, streams, checkpoint, occurredUntil, limit]);
  return events.map((event) => ({ ...upcast(event), aside: event.aside }));
}

/** Applies events with the real handler; nothing leaves the transaction. */
export async function applyAgain(query: Query, { code }: Replay, events: readonly Replayed[]): Promise<void> {
  const run = events.filter((event) => !event.aside).map(({ aside: _, ...event }) => event);
  forEachEvent(run, checkReadable);
  if (run.length > 0) await code.apply(readableToProjections(run), query, { version: REPLAY_VERSION, effects: false });
}

/** A row as JSON; undefined where there is none. */
export async function rowAt(query: Query, table: string, key: string, value: string): Promise<JsonObject | null> {
  const [row] = await query<{ row: JsonObject }>(
    `select to_jsonb(t) as row from ${table} t where t."${key}"::text = $1 limit 1`,
    [value],
  );
  return row?.row ?? null;
}
