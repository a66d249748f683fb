import { v5 as uuidv5 } from 'uuid';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { EventMetadata, NewEvent, RecordedEvent } from '#server/kernel/event.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';

/** What stands as `source` of an event that was born here; on the way in it is not kept. */
const OWN_SOURCE = 'tidemark';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Attributes that have a place of their own in an event; every other is kept as an extension. */
const KNOWN = new Set(
  'specversion id source type subject time datacontenttype data correlationid causationid commandid actor schemaversion tidemarkmetadata'.split(
    ' ',
  ),
);

export type ImportedEvent = { streamId: StreamId; event: NewEvent & { eventId: string; metadata: EventMetadata } };

/**
 * Takes a CloudEvent 1.0 (JSON format) to an event. An id that is no UUID becomes a name-based one (v5 of source and
 * id), so that the same line is the same event however often it comes, and the original is kept in the metadata.
 */
export function fromCloudEvent(value: unknown): ImportedEvent {
  if (!isObject(value)) throw wrong('line', 'must be a JSON object');
  checkJson(value, 'line');
  if (value.specversion !== '1.0') throw wrong('specversion', 'must be "1.0"');
  if (value.data_base64 !== undefined) throw wrong('data_base64', 'is not taken: data must be a JSON object');
  const id = text(value, 'id');
  const source = text(value, 'source');
  const data = value.data ?? {};
  if (!isObject(data)) throw wrong('data', 'must be a JSON object');
  const own = source === OWN_SOURCE;
  const isUuid = UUID.test(id);
  const extensions = Object.fromEntries(Object.entries(value).filter(([name]) => !KNOWN.has(name)));
  return {
    streamId: parseStreamId(text(value, 'subject'), 'subject'),
    event: {
      eventId: isUuid ? id.toLowerCase() : uuidv5(`${source}\n${id}`, uuidv5.URL),
      eventType: text(value, 'type'),
      schemaVersion: typeof value.schemaversion === 'number' ? value.schemaversion : 1,
      data,
      metadata: {
        ...rest(value.tidemarkmetadata),
        ...(!own && { source }),
        ...(!isUuid && { cloudEventId: id }),
        ...optional(value, 'correlationid', 'correlationId'),
        ...optional(value, 'causationid', 'causationId'),
        ...optional(value, 'commandid', 'commandId'),
        ...optional(value, 'actor', 'actor'),
        ...(Object.keys(extensions).length > 0 && { extensions }),
      },
      ...(value.time !== undefined && { occurredAt: text(value, 'time') }),
    },
  };
}

/** The way back: an import of what this gives makes the same event again, metadata included. */
export function toCloudEvent(event: RecordedEvent): JsonObject {
  const { source, cloudEventId, correlationId, causationId, commandId, actor, extensions, ...others } = event.metadata;
  const strings = Object.entries({
    correlationid: correlationId,
    causationid: causationId,
    commandid: commandId,
    actor,
  });
  return {
    specversion: '1.0',
    id: typeof cloudEventId === 'string' ? cloudEventId : event.eventId,
    source: typeof source === 'string' ? source : OWN_SOURCE,
    type: event.eventType,
    subject: event.streamId,
    time: event.occurredAt,
    ...Object.fromEntries(strings.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    ...(event.schemaVersion !== 1 && { schemaversion: event.schemaVersion }),
    ...(isObject(extensions) && extensions),
    // An extension attribute holds no object, so what has no attribute of its own goes as text.
    ...(Object.keys(others).length > 0 && { tidemarkmetadata: JSON.stringify(others) }),
    datacontenttype: 'application/json',
    data: event.data,
  };
}

function rest(value: Json | undefined): JsonObject {
  if (typeof value !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : {};
  } catch {
    throw wrong('tidemarkmetadata', 'must be JSON');
  }
}

function text(value: JsonObject, name: string): string {
  const found = value[name];
  if (typeof found !== 'string' || found === '') throw wrong(name, 'must be a text that is not empty');
  return found;
}

function optional(value: JsonObject, attribute: string, key: string): JsonObject {
  return value[attribute] === undefined ? {} : { [key]: text(value, attribute) };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(field: string, why: string): TidemarkError {
  return new TidemarkError('bad-request', `${field} ${why}`, { field });
}
