import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isContainer, isObject, sameJson } from './json-shape.ts';

/** Where a value stands in a state: keys, and indexes of elements. */
export type StatePath = readonly (string | number)[];

export type PathChange = { path: StatePath; before: Json | undefined; after: Json | undefined };

/** Past this many changed values a list of them tells nobody anything. */
export const CHANGES_MAX = 200;

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

/** As people write it: `lines[0].returned`; a key that is no name stands quoted in brackets. */
export function formatPath(path: StatePath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (PLAIN_KEY.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** Reads what `formatPath` wrote; null where it is no path. */
export function parsePath(text: string): StatePath | null {
  const token = /\.?([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  const path: (string | number)[] = [];
  while (token.lastIndex < text.length) {
    const atStart = token.lastIndex === 0;
    const match = token.exec(text);
    if (match === null || (atStart && text.startsWith('.'))) return null;
    const [whole, name, index, quoted] = match;
    if (name !== undefined) {
      if (!atStart && !whole.startsWith('.')) return null;
      path.push(name);
    } else if (index !== undefined) {
      path.push(Number(index));
    } else if (quoted !== undefined) {
      const key = parseQuoted(quoted);
      if (key === null) return null;
      path.push(key);
    }
  }
  return path;
}

/** The value at a path; undefined where there is none. Never reads what is inherited. */
export function valueAt(state: Json, path: StatePath): Json | undefined {
  let value: Json | undefined = state;
  for (const part of path) {
    if (!isContainer(value) || !Object.hasOwn(value, part)) return undefined;
    value = (value as { [key: string | number]: Json })[part];
  }
  return value;
}

/**
 * The values that differ between two states, in the order of `after`: as deep as both sides go on alike, so a whole
 * new object is one change. At most `CHANGES_MAX`.
 */
export function changedPaths(before: JsonObject, after: JsonObject): PathChange[] {
  const changes: PathChange[] = [];
  collect(changes, [], before, after);
  return changes;
}

function collect(changes: PathChange[], path: StatePath, before: Json | undefined, after: Json | undefined): void {
  if (changes.length >= CHANGES_MAX || sameJson(before, after)) return;
  if (isObject(before) && isObject(after)) {
    const keys = [...Object.keys(after), ...Object.keys(before).filter((key) => !Object.hasOwn(after, key))];
    for (const key of keys) collect(changes, [...path, key], own(before, key), own(after, key));
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      collect(changes, [...path, index], before[index], after[index]);
    }
  } else {
    changes.push({ path, before, after });
  }
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function parseQuoted(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}
