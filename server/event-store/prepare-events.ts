import { v7 as uuidv7 } from 'uuid';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { EventMetadata, NewEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { APPEND_EVENTS_MAX, type AppendRequest } from './event-store.ts';
import type { Upcasting } from './upcasting.ts';

/** A new event with every field checked and filled, but for the times that the store gives. */
export type PreparedEvent = {
  eventId: string;
  eventType: string;
  schemaVersion: number;
  data: JsonObject;
  metadata: EventMetadata;
  /** Undefined: the time of the append. */
  occurredAt: string | undefined;
};

/** An append whose events are checked and have their ids. */
export type PreparedAppend = Omit<AppendRequest, 'events'> & { events: readonly PreparedEvent[] };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EVENT_TYPE = /^[A-Za-z][A-Za-z0-9_.:-]{0,127}$/;

/** Prepares an append; an event that says nothing of its version is of the present one of its type. */
export function prepareAppend(request: AppendRequest, { presentVersion }: Upcasting): PreparedAppend {
  const category = categoryOf(request.streamId);
  return { ...request, events: prepareEvents(request.events, (eventType) => presentVersion(category, eventType)) };
}

/** Checks what a writer hands over; throws `bad-request` that names the field, such as `events[0].eventId`. */
export function prepareEvents(
  events: readonly NewEvent[],
  presentVersion: (eventType: string) => number = () => 1,
): PreparedEvent[] {
  if (events.length < 1 || events.length > APPEND_EVENTS_MAX) {
    throw wrong('events', `must be 1 to ${APPEND_EVENTS_MAX} events`);
  }
  const prepared = events.map((event, index) => prepareEvent(event, `events[${index}]`, presentVersion));
  if (prepared.length === 1) return prepared;
  const ids = new Set<string>();
  for (const [index, { eventId }] of prepared.entries()) {
    if (ids.has(eventId)) throw wrong(`events[${index}].eventId`, 'stands twice in this append');
    ids.add(eventId);
  }
  return prepared;
}

/** The same for one event; `field` stands before its names in the error. */
export function prepareEvent(
  event: NewEvent,
  field: string,
  presentVersion: (eventType: string) => number = () => 1,
): PreparedEvent {
  const {
    eventId,
    eventType,
    schemaVersion = presentVersion(event.eventType),
    data,
    metadata = {},
    occurredAt,
  } = event;
  if (eventId !== undefined && !UUID.test(eventId)) throw wrong(`${field}.eventId`, 'must be a UUID');
  if (typeof eventType !== 'string' || !EVENT_TYPE.test(eventType)) {
    throw wrong(`${field}.eventType`, 'must be 1 to 128 letters, digits and _ . : -, the first a letter');
  }
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > 32_767) {
    throw wrong(`${field}.schemaVersion`, 'must be a whole number from 1 to 32,767');
  }
  checkObject(data, `${field}.data`);
  checkObject(metadata, `${field}.metadata`);
  return {
    eventId: eventId?.toLowerCase() ?? uuidv7(),
    eventType,
    schemaVersion,
    data,
    metadata,
    occurredAt: occurredAt === undefined ? undefined : normalizeTime(occurredAt, `${field}.occurredAt`),
  };
}

function checkObject(value: unknown, field: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, 'must be a JSON object');
  checkJson(value, field);
}

/** ISO 8601 in UTC, to the millisecond, of the years 1 to 9999. */
function normalizeTime(value: string, field: string): string {
  const time = new Date(value);
  const year = time.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999 || !/^\d{4}-.*(Z|[+-]\d\d:?\d\d)$/i.test(value)) {
    throw wrong(field, 'must be a time in ISO 8601 with an offset, of the years 1 to 9999');
  }
  return time.toISOString();
}

function wrong(field: string, why: string): TidemarkError {
  return new TidemarkError('bad-request', `${field} ${why}`, { field });
}
