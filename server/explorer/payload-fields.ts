import type { Database } from '#db/database.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { EventFilter, PayloadField } from './explorer.ts';
import { listEvents } from './list-events.ts';

/** Events whose payloads are looked through: the newest that the filter lets through. */
const EVENTS_MAX = 200;
const FIELDS_MAX = 300;
const DEPTH_MAX = 6;
/** Keys of one payload; one with ten thousand does not tell of fields but of ids. */
const KEYS_MAX = 100;
const EXAMPLES_MAX = 5;

type Parts = { database: Database; eventStore: EventStore; registry: Registry; signal?: AbortSignal | undefined };
type Found = Map<string, PayloadField>;

/** The fields that a condition can name: what command schemas have, then what the newest events have. */
export async function payloadFields(parts: Parts, filter: EventFilter): Promise<{ fields: PayloadField[] }> {
  const found: Found = new Map();
  const wanted = filter.categories;
  for (const { category, jsonSchema } of parts.registry.commandTypes()) {
    if (wanted?.includes(category) ?? true) collectSchema(found, jsonSchema, 'data', 0);
  }
  const { where: _, ...readable } = filter;
  const { events } = await listEvents(parts, { ...readable, direction: 'backward', limit: EVENTS_MAX });
  for (const event of events) {
    collect(found, event.data, 'data', 0);
    collect(found, event.metadata, 'metadata', 0);
  }
  return { fields: [...found.values()].slice(0, FIELDS_MAX).sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function collectSchema(found: Found, schema: JsonObject, path: string, depth: number): void {
  const items = schema.items;
  if (isObject(items)) collectSchema(found, items, path, depth + 1);
  if (!isObject(schema.properties) || depth > DEPTH_MAX) return;
  for (const [name, part] of Object.entries(schema.properties)) {
    if (!isObject(part)) continue;
    const at = `${path}${step(name)}`;
    const type = part.type === 'string' ? 'text' : part.type === 'integer' || part.type === 'number' ? 'number' : null;
    if (type !== null) fieldAt(found, at).types = [type];
    const examples = Array.isArray(part.examples) ? part.examples : [];
    if (type !== null) for (const value of examples) example(fieldAt(found, at), value);
    collectSchema(found, part, at, depth + 1);
  }
}

function collect(found: Found, value: Json, path: string, depth: number): void {
  if (depth > DEPTH_MAX || found.size >= FIELDS_MAX) return;
  if (Array.isArray(value)) {
    // A key looks into each item of a list, so the path is written without its index.
    for (const item of value.slice(0, 3)) collect(found, item, path, depth + 1);
  } else if (isObject(value)) {
    const keys = Object.keys(value);
    if (keys.length <= KEYS_MAX)
      for (const key of keys) collect(found, value[key] ?? null, `${path}${step(key)}`, depth + 1);
  } else {
    const field = fieldAt(found, path);
    const type = value === null ? 'null' : typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean');
    if (!field.types.includes(type)) field.types.push(type);
    example(field, value);
  }
}

function fieldAt(found: Found, path: string): PayloadField {
  const known = found.get(path) ?? { path, types: [], examples: [] };
  found.set(path, known);
  return known;
}

function example(field: PayloadField, value: Json): void {
  if (value === null || typeof value === 'object' || field.examples.length >= EXAMPLES_MAX) return;
  if (typeof value === 'string' && (value.length > 40 || value === '')) return;
  if (!field.examples.includes(value)) field.examples.push(value);
}

function step(name: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(name) ? `.${name}` : `.${JSON.stringify(name)}`;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
