import type { Database } from '#db/database.ts';
import type { Upcasting } from '#server/event-store/upcasting.ts';
import type { EventMetadata, RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';

/** What every reader of events works with. */
export type Reader = { database: Database; upcast: Upcasting['upcast'] };

/** The columns of an event, in the order in which every reader selects them. */
export const EVENT_COLUMNS =
  'global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at';

/** A row of `events` as the driver gives it. */
export type EventRow = {
  global_position: string;
  stream_id: string;
  stream_version: string;
  event_type: string;
  schema_version: number;
  event_id: string;
  data: JsonObject;
  metadata: EventMetadata;
  occurred_at: string;
  recorded_at: string;
};

/** The one place where a row becomes an event; the database checked it when it was written. */
export function toRecordedEvent(row: EventRow): RecordedEvent {
  const streamId = row.stream_id as StreamId;
  return {
    globalPosition: row.global_position as Position,
    streamId,
    category: categoryOf(streamId),
    streamVersion: Number(row.stream_version),
    eventId: row.event_id,
    eventType: row.event_type,
    schemaVersion: row.schema_version,
    data: row.data,
    metadata: row.metadata,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}
