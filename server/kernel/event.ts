import type { JsonObject } from './json.ts';
import type { Position } from './position.ts';
import type { StreamId } from './stream-id.ts';

/** Where an event comes from. Other keys are kept as they are. */
export type EventMetadata = JsonObject & {
  correlationId?: string;
  causationId?: string;
  commandId?: string;
  actor?: string;
};

/** An event as a writer hands it over. What is left out is made by the store. */
export type NewEvent = {
  /** A UUID; a v7 one is made where it is missing. The same id twice is the same event. */
  eventId?: string;
  eventType: string;
  /** From 1, which is also the default. */
  schemaVersion?: number;
  data: JsonObject;
  metadata?: EventMetadata;
  /** ISO 8601 with an offset; the time of the append where it is missing. */
  occurredAt?: string;
};

/** An event as every interface shows it. Times are ISO 8601 in UTC, to the millisecond. */
export type RecordedEvent = {
  globalPosition: Position;
  streamId: StreamId;
  category: string;
  /** From 1. */
  streamVersion: number;
  eventId: string;
  eventType: string;
  schemaVersion: number;
  data: JsonObject;
  metadata: EventMetadata;
  occurredAt: string;
  recordedAt: string;
};
