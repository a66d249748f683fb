import { afterColumn, int8At, jsonbPairAt, repeatedTextReader, textAt, timestampAt, uuidAt } from '#db/binary.ts';
import type { Database } from '#db/database.ts';
import type { Upcasting } from '#server/event-store/upcasting.ts';
import type { EventMetadata, RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';

/** What every reader of events works with. */
export type Reader = { database: Database; upcast: Upcasting['upcast'] };

/** What is selected of an event whose stream is known, in this order and last, for `eventsOf`. */
export const COLUMNS_OF_STREAM = `global_position, stream_version, event_type, schema_version, event_id, data, metadata,
  occurred_at, recorded_at`;

/** What is selected of any other, in this order, for `toRecordedEvent`. */
export const EVENT_COLUMNS = `stream_id, ${COLUMNS_OF_STREAM}`;

/** Bytes of a column of eight bytes, of two and of sixteen, with its length before it. */
const [INT8, INT2, UUID] = [12, 6, 20];

type Stream = { streamId: StreamId; category: string };

/** Events that follow each other are mostly of one append, or of one stream: what was made of the last one is kept. */
const last = { recordedMs: Number.NaN, recordedAt: '', stream: { streamId: '' as StreamId, category: '' } };

const eventTypeAt = repeatedTextReader();

/** Reads a row of any stream. */
export function toRecordedEvent(answer: Buffer, start: number): RecordedEvent {
  const streamId = textAt(answer, start) as StreamId;
  if (streamId !== last.stream.streamId) last.stream = { streamId, category: categoryOf(streamId) };
  return toEvent(answer, afterColumn(answer, start), last.stream);
}

/** Makes what reads rows of one stream: to send its name with each costs Postgres and Node 0.1 µs an event. */
export function eventsOf(streamId: StreamId): (answer: Buffer, start: number) => RecordedEvent {
  const stream = { streamId, category: categoryOf(streamId) };
  return (answer, start) => toEvent(answer, start, stream);
}

/**
 * The one place where a row, in binary form, becomes an event; the database checked it when it was written. Binary
 * because text costs Postgres 0.5 µs an event to write and Node as much to read. Two thirds of what is left are JSON.
 */
function toEvent(answer: Buffer, start: number, { streamId, category }: Stream): RecordedEvent {
  const typeAt = start + 2 * INT8;
  const schemaAt = afterColumn(answer, typeAt);
  const dataAt = schemaAt + INT2 + UUID;
  const metadataAt = afterColumn(answer, dataAt);
  const occurredAtAt = afterColumn(answer, metadataAt);
  const occurredMs = timestampAt(answer, occurredAtAt);
  const recordedMs = timestampAt(answer, occurredAtAt + INT8);
  if (recordedMs !== last.recordedMs) {
    last.recordedMs = recordedMs;
    last.recordedAt = new Date(recordedMs).toISOString();
  }
  const { recordedAt } = last;
  const [data, metadata] = jsonbPairAt(answer, dataAt, metadataAt, occurredAtAt);
  return {
    globalPosition: String(int8At(answer, start)) as Position,
    streamId,
    category,
    streamVersion: int8At(answer, start + INT8),
    eventId: uuidAt(answer, schemaAt + INT2),
    eventType: eventTypeAt(answer, typeAt),
    schemaVersion: answer.readInt16BE(schemaAt + 4),
    data: data as JsonObject,
    metadata: metadata as EventMetadata,
    occurredAt: occurredMs === recordedMs ? recordedAt : new Date(occurredMs).toISOString(),
    recordedAt,
  };
}
