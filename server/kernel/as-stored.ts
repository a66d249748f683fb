import type { Json, JsonObject } from './json.ts';

/**
 * Data as it comes back from the store: what JSON does not carry is gone, and keys stand in the order of `jsonb` (shorter
 * ones first, then by bytes), so that a state folded from what was just decided equals the one folded from the store.
 */
export function asStored(data: JsonObject): JsonObject {
  return ordered(JSON.parse(JSON.stringify(data))) as JsonObject;
}

function ordered(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const keys = Object.keys(value).map((key) => ({ key, bytes: Buffer.from(key) }));
  keys.sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  const object: JsonObject = {};
  for (const { key } of keys) object[key] = ordered(value[key] as Json);
  return object;
}
