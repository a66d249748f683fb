import { TidemarkError } from './errors.ts';
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
  /** From 1; the present version of the type, as the upcasters have it, where it is missing. */
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
  /**
   * Why the data could not be brought to its present shape; it is then as it was written. Readers may show it; whoever acts
   * on it refuses it (`checkReadable`).
   */
  unreadable?: string;
  /** Where `data` is a preview, which a reader must have asked for: how many bytes the whole of it has. */
  dataBytes?: number;
};

/** One event for people: where an upcaster changed it, with what was written. */
export type EventDetail = RecordedEvent & { original?: Pick<RecordedEvent, 'schemaVersion' | 'data'> };

/** Throws `event-unreadable` where the event's shape is not one that this code knows. */
export function checkReadable({ unreadable, globalPosition, streamId }: RecordedEvent): void {
  if (unreadable !== undefined) {
    throw new TidemarkError('event-unreadable', unreadable, { streamId, globalPosition });
  }
}
