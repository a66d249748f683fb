import { channels, type Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import { REDACTED, type Redaction } from '#server/kernel/private-fields.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import { SYSTEM_CATEGORIES } from '#server/kernel/system-categories.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { cleanComparisons, cleanRecords, type Removed, remakeRows, versionsOf } from './copies.ts';
import type { PrivacyRadius, Redacted } from './privacy.ts';

export type RedactParts = { database: Database; eventStore: EventStore; projections: readonly Projection[] };

/** Records of commands are found by their stream, without an index: ten million take some seconds. */
const DEADLINE_MS = 60_000;

const FIND = `
  select stream_id as "streamId", stream_version::float8 as "streamVersion", event_type as "eventType",
    metadata->>'commandId' as "commandId", data ? '${REDACTED}' as redacted
  from events where global_position = $1`;

type Found = {
  streamId: StreamId;
  streamVersion: number;
  eventType: string;
  commandId: string | null;
  redacted: boolean;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Puts a marker in place of an event's data, and takes the data out of everything that was made of it, in one
 * transaction. Position, version, id, type, times and metadata stay: nothing that follows the event changes its place.
 */
export async function redact(
  { database, eventStore, projections }: RedactParts,
  { globalPosition, reason, actor }: { globalPosition: Position; reason: string; actor: string },
): Promise<Redacted> {
  return database.transaction(
    async (query) => {
      const found = await find(query, globalPosition);
      const at = new Date().toISOString();
      const marker = { [REDACTED]: { reason, actor, at } satisfies Redaction };
      await query('update events set data = $2::text::jsonb where global_position = $1', [
        globalPosition,
        JSON.stringify(marker),
      ]);
      const { streamId, streamVersion, eventType } = found;
      const commandId = found.commandId !== null && UUID.test(found.commandId) ? found.commandId : null;
      const category = categoryOf(streamId);
      const removed: Removed = { globalPosition, streamId, category, streamVersion, commandId, marker };
      const { commands, snapshots } = await cleanRecords(query, removed);
      await cleanComparisons(query, removed);
      const parts = { store: database.schema, upcast: eventStore.upcast, projections };
      const { rows, notRemade } = await remakeRows(query, parts, removed);
      await query('select pg_notify($1, $2)', [channels(database.schema).control, '']);
      return { globalPosition, streamId, eventType, commands, snapshots, rows, notRemade };
    },
    { deadlineMs: DEADLINE_MS },
  );
}

/** What `redact` would touch, counted. */
export async function redactRadius(
  { database, projections }: RedactParts,
  globalPosition: Position,
): Promise<PrivacyRadius> {
  return database.transaction(
    async (query) => {
      const { streamId, streamVersion } = await find(query, globalPosition);
      const [counted] = await query<{ commands: number; snapshots: number }>(
        `select (select count(*) from commands where stream_id = $1 and (receipt->>'streamVersion')::bigint >= $2)::float8 as commands,
           (select count(*) from snapshots where stream_id = $1)::float8 as snapshots`,
        [streamId, streamVersion],
      );
      const versions = await versionsOf(query, categoryOf(streamId));
      const remade = (name: string) => {
        const projection = projections.find((one) => one.name === name);
        return projection?.rows !== undefined && 'keyIs' in projection.rows;
      };
      const counts = (name: string) => projections.find((one) => one.name === name)?.payloads === false;
      return {
        events: 1,
        streams: 1,
        commands: counted?.commands ?? 0,
        snapshots: counted?.snapshots ?? 0,
        rows: versions.filter(({ name }) => remade(name)),
        notRemade: [...new Set(versions.map(({ name }) => name))].filter((name) => !remade(name) && !counts(name)),
      };
    },
    { deadlineMs: DEADLINE_MS },
  );
}

async function find(query: Parameters<typeof versionsOf>[0], globalPosition: Position): Promise<Found> {
  const [found] = await query<Found>(FIND, [globalPosition]);
  if (found === undefined) {
    throw new TidemarkError('event-not-found', `no event stands at position ${globalPosition}`, { globalPosition });
  }
  if (SYSTEM_CATEGORIES.has(categoryOf(found.streamId))) {
    throw new TidemarkError('act-refused', `${found.streamId} is a record of Tidemark: what it says stays`, {
      field: 'globalPosition',
    });
  }
  if (found.redacted) {
    throw new TidemarkError('act-refused', `the event at ${globalPosition} is redacted already`, {
      field: 'globalPosition',
    });
  }
  return found;
}
