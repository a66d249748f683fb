import type { Json, JsonObject } from '#server/kernel/json.ts';
import { alignArrays } from './align-arrays.ts';
import { isContainer, isObject, sameJson } from './json-shape.ts';

export type DiffKind = 'same' | 'removed' | 'added';

/** A line of the two states printed as one. `depth` is its indentation in steps. */
export type DiffLine = { kind: DiffKind; depth: number; text: string };

/**
 * Two JSON states as one list of lines: by structure, not by text, so that a comma or a moved key never shows as a
 * change. Keys stand in the order of `after`; removed ones where they stood.
 */
export function diffLines(before: JsonObject, after: JsonObject): DiffLine[] {
  const lines: DiffLine[] = [];
  emitBoth(lines, { depth: 0, label: '', comma: false }, before, after);
  return lines;
}

/** How many lines were added and removed. */
export function countChanges(lines: readonly DiffLine[]): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const line of lines) {
    if (line.kind === 'added') added++;
    else if (line.kind === 'removed') removed++;
  }
  return { added, removed };
}

type Place = { depth: number; label: string; comma: boolean };

function emitBoth(lines: DiffLine[], place: Place, before: Json, after: Json): void {
  if (sameJson(before, after)) {
    emitOne(lines, place, after, 'same');
  } else if (isObject(before) && isObject(after)) {
    emitContainer(lines, place, '{', '}', () => emitObjects(lines, place.depth + 1, before, after));
  } else if (Array.isArray(before) && Array.isArray(after)) {
    emitContainer(lines, place, '[', ']', () => emitArrays(lines, place.depth + 1, before, after));
  } else {
    emitOne(lines, place, before, 'removed');
    emitOne(lines, place, after, 'added');
  }
}

function emitObjects(lines: DiffLine[], depth: number, before: JsonObject, after: JsonObject): void {
  const keys = mergedKeys(Object.keys(before), Object.keys(after));
  keys.forEach((key, index) => {
    const place = { depth, label: `${JSON.stringify(key)}: `, comma: index < keys.length - 1 };
    const inBefore = Object.hasOwn(before, key);
    const inAfter = Object.hasOwn(after, key);
    if (inBefore && inAfter) emitBoth(lines, place, before[key] ?? null, after[key] ?? null);
    else if (inBefore) emitOne(lines, place, before[key] ?? null, 'removed');
    else emitOne(lines, place, after[key] ?? null, 'added');
  });
}

function emitArrays(lines: DiffLine[], depth: number, before: readonly Json[], after: readonly Json[]): void {
  const pairs = alignArrays(before, after);
  pairs.forEach((pair, index) => {
    const place = { depth, label: '', comma: index < pairs.length - 1 };
    if (pair.kind === 'both') emitBoth(lines, place, pair.before, pair.after);
    else emitOne(lines, place, pair.value, pair.kind);
  });
}

function emitContainer(lines: DiffLine[], place: Place, open: string, close: string, inner: () => void): void {
  lines.push({ kind: 'same', depth: place.depth, text: `${place.label}${open}` });
  inner();
  lines.push({ kind: 'same', depth: place.depth, text: `${close}${place.comma ? ',' : ''}` });
}

function emitOne(lines: DiffLine[], place: Place, value: Json, kind: DiffKind): void {
  const comma = place.comma ? ',' : '';
  if (!isContainer(value) || isEmpty(value)) {
    lines.push({ kind, depth: place.depth, text: `${place.label}${JSON.stringify(value)}${comma}` });
    return;
  }
  const inner = place.depth + 1;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  lines.push({ kind, depth: place.depth, text: `${place.label}${open}` });
  const entries: [string, Json][] = Array.isArray(value)
    ? value.map((item) => ['', item])
    : Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}: `, item]);
  entries.forEach(([label, item], index) => {
    emitOne(lines, { depth: inner, label, comma: index < entries.length - 1 }, item, kind);
  });
  lines.push({ kind, depth: place.depth, text: `${close}${comma}` });
}

/** The keys of `after` in order, each removed key behind the key that it stood behind. */
function mergedKeys(before: readonly string[], after: readonly string[]): string[] {
  const kept = new Set(after);
  const removedBehind = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of before) {
    if (kept.has(key)) anchor = key;
    else {
      const removed = removedBehind.get(anchor) ?? [];
      removed.push(key);
      removedBehind.set(anchor, removed);
    }
  }
  return [...(removedBehind.get(null) ?? []), ...after.flatMap((key) => [key, ...(removedBehind.get(key) ?? [])])];
}

function isEmpty(value: Json[] | JsonObject): boolean {
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}
