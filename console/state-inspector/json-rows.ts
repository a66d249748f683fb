import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isContainer } from './json-shape.ts';
import { formatPath, type StatePath } from './state-path.ts';
import { beginning, verbatim, verbatimString } from './verbatim.ts';

/** One line of a JSON tree. */
export type JsonRow = {
  /** `formatPath(path)`, and for a "more" row the path of its container with `…`. */
  id: string;
  path: StatePath;
  depth: number;
  name: string;
} & (
  | { kind: 'leaf'; value: Exclude<Json, object> | null; empty?: '{}' | '[]'; shown: ShownValue }
  | { kind: 'branch'; open: boolean; members: number; noun: 'items' | 'fields'; summary: string }
  | { kind: 'more'; hidden: number }
);

/** What stands in a leaf's line: the value as JSON, or the beginning of a long text and how long it is. */
export type ShownValue = { text: string; ofCharacters: number | null };

/** What the operator has opened and closed by hand; the rest follows the default. */
export type Opened = ReadonlyMap<string, boolean>;

/** Members of one container shown until all are asked for. */
export const MEMBERS_STEP = 100;
/** Deeper containers begin closed. */
const OPEN_DEPTH = 2;
/** Characters of a text shown in its line; the rest is a press away. */
const TEXT_MAX = 1000;
/** Of a key: nobody reads more of one, and a title has it all. */
const NAME_MAX = 120;
/** An array of more elements than this begins with its elements closed. */
const OPEN_MEMBERS = 12;

/** How a tree opens: what was opened by hand, containers shown whole, and how deep it is open from the start. */
type Showing = { opened?: Opened; whole?: ReadonlySet<string>; openDepth?: number };

/** The lines of a tree, top members first; a value without members is one line without a name. */
export function jsonRows(root: Json, showing: Showing = {}): JsonRow[] {
  const rows: JsonRow[] = [];
  if (isContainer(root)) pushMembers(rows, root, [], 0, showing);
  else rows.push({ id: '', path: [], depth: 0, name: '', kind: 'leaf', value: root, shown: shownValue(root) });
  return rows;
}

/** A key as a line shows it. */
export function shownName(name: string): string {
  return verbatim(name.length > NAME_MAX ? `${beginning(name, NAME_MAX)}…` : name);
}

/** A value on one line: scalars as JSON, containers by their number of members and first scalars. */
export function summarize(value: Json | undefined, maxLength = 60): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return shorten(verbatimString(beginning(value, maxLength + 1)), maxLength);
  if (!isContainer(value)) return String(value);
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
  showing: Showing,
): void {
  const id = formatPath(path);
  const limit = showing.whole?.has(id) ? Number.POSITIVE_INFINITY : MEMBERS_STEP;
  const names = Array.isArray(container) ? container.map((_, index) => index) : Object.keys(container);
  const siblings = names.length;
  for (const name of names.slice(0, limit)) {
    const value = (container as { [key: string | number]: Json })[name] ?? null;
    pushValue(rows, value, [...path, name], depth, siblings, showing);
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
  showing: Showing,
): void {
  const base = { id: formatPath(path), path, depth, name: String(path.at(-1) ?? '') };
  if (!isContainer(value)) {
    rows.push({ ...base, kind: 'leaf', value, shown: shownValue(value) });
    return;
  }
  const members = memberCount(value);
  if (members === 0) {
    const empty = Array.isArray(value) ? '[]' : '{}';
    rows.push({ ...base, kind: 'leaf', value: null, empty, shown: { text: empty, ofCharacters: null } });
    return;
  }
  const open = showing.opened?.get(base.id) ?? (depth < (showing.openDepth ?? OPEN_DEPTH) && siblings <= OPEN_MEMBERS);
  const noun = Array.isArray(value) ? 'items' : 'fields';
  rows.push({ ...base, kind: 'branch', open, members, noun, summary: firstScalars(value) });
  if (open) pushMembers(rows, value, path, depth + 1, showing);
}

/** Two scalars say which element a closed one is. */
function firstScalars(value: Json[] | JsonObject): string {
  const members: Json[] = Array.isArray(value) ? value : Object.values(value);
  const scalars = members.filter((item) => !isContainer(item) && item !== null).slice(0, 2);
  const texts = scalars.map((item) =>
    typeof item === 'string' ? verbatim(beginning(item, 41)) : JSON.stringify(item),
  );
  return shorten(texts.join(', '), 40);
}

function shownValue(value: Exclude<Json, object> | null): ShownValue {
  if (typeof value !== 'string') return { text: String(value), ofCharacters: null };
  if (value.length <= TEXT_MAX) return { text: verbatimString(value), ofCharacters: null };
  return { text: `${verbatimString(beginning(value, TEXT_MAX)).slice(0, -1)}…`, ofCharacters: value.length };
}

function memberCount(value: Json[] | JsonObject): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function shorten(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
