import type { Json, JsonObject } from './json.ts';

/**
 * JSON Merge Patch (RFC 7396, section 2): objects merge, null removes, anything else replaces. Neither argument is
 * changed. It is how a category without a decider folds, so that imported events can be explored before code exists.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: JsonObject = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else define(merged, key, isObject(value) ? mergePatch(asObject(merged[key]), value) : value);
  }
  return merged;
}

/** Assignment would run the setter of a key named `__proto__`; a definition keeps it as data. */
function define(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
