import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isContainer } from './json-shape.ts';
import { formatPath, type StatePath } from './state-path.ts';

/** One line of a JSON tree. */
export type JsonRow = {
  /** `formatPath(path)`, and for a "more" row the path of its container with `…`. */
  id: string;
  path: StatePath;
  depth: number;
  name: string;
} & (
  | { kind: 'leaf'; value: Exclude<Json, object> | null; empty?: '{}' | '[]' }
  | { kind: 'branch'; open: boolean; members: number; noun: 'items' | 'fields'; summary: string }
  | { kind: 'more'; hidden: number }
);

/** What the operator has opened and closed by hand; the rest follows the default. */
export type Opened = ReadonlyMap<string, boolean>;

/** Members of one container shown at first, and more at each wish. */
export const MEMBERS_STEP = 100;
/** Deeper containers begin closed. */
const OPEN_DEPTH = 2;
/** An array of more elements than this begins with its elements closed. */
const OPEN_MEMBERS = 12;

/** The lines of a tree over an object, top members first. `shownMembers` holds containers shown further than the step. */
export function jsonRows(
  root: JsonObject,
  opened: Opened = new Map(),
  shownMembers: ReadonlyMap<string, number> = new Map(),
): JsonRow[] {
  const rows: JsonRow[] = [];
  pushMembers(rows, root, [], 0, opened, shownMembers);
  return rows;
}

/** A value on one line: scalars as JSON, containers by their number of members and first scalars. */
export function summarize(value: Json | undefined, maxLength = 60): string {
  if (value === undefined) return 'none';
  if (!isContainer(value)) return shorten(JSON.stringify(value), maxLength);
  const count = memberCount(value);
  return Array.isArray(value) ? `${count} ${plural(count, 'item')}` : `${count} ${plural(count, 'field')}`;
}

export function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

function pushMembers(
  rows: JsonRow[],
  container: Json[] | JsonObject,
  path: StatePath,
  depth: number,
  opened: Opened,
  shownMembers: ReadonlyMap<string, number>,
): void {
  const id = formatPath(path);
  const limit = shownMembers.get(id) ?? MEMBERS_STEP;
  const names = Array.isArray(container) ? container.map((_, index) => index) : Object.keys(container);
  const siblings = names.length;
  for (const name of names.slice(0, limit)) {
    const value = (container as { [key: string | number]: Json })[name] ?? null;
    pushValue(rows, value, [...path, name], depth, siblings, opened, shownMembers);
  }
  if (siblings > limit) {
    rows.push({ id: `${id}…`, path, depth, name: '', kind: 'more', hidden: siblings - limit });
  }
}

function pushValue(
  rows: JsonRow[],
  value: Json,
  path: StatePath,
  depth: number,
  siblings: number,
  opened: Opened,
  shownMembers: ReadonlyMap<string, number>,
): void {
  const base = { id: formatPath(path), path, depth, name: String(path.at(-1) ?? '') };
  if (!isContainer(value)) {
    rows.push({ ...base, kind: 'leaf', value });
    return;
  }
  const members = memberCount(value);
  if (members === 0) {
    rows.push({ ...base, kind: 'leaf', value: null, empty: Array.isArray(value) ? '[]' : '{}' });
    return;
  }
  const open = opened.get(base.id) ?? (depth < OPEN_DEPTH && siblings <= OPEN_MEMBERS);
  const noun = Array.isArray(value) ? 'items' : 'fields';
  rows.push({ ...base, kind: 'branch', open, members, noun, summary: firstScalars(value) });
  if (open) pushMembers(rows, value, path, depth + 1, opened, shownMembers);
}

/** Two scalars say which element a closed one is. */
function firstScalars(value: Json[] | JsonObject): string {
  const members: Json[] = Array.isArray(value) ? value : Object.values(value);
  const scalars = members.filter((item) => !isContainer(item) && item !== null).slice(0, 2);
  return shorten(scalars.map((item) => String(item as string | number | boolean)).join(', '), 40);
}

function memberCount(value: Json[] | JsonObject): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function shorten(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
