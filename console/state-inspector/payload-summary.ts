import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isContainer } from './json-shape.ts';
import { beginning, verbatim } from './verbatim.ts';

/** Fields that say in a word what happened, best first. */
const TELLING = ['message', 'reason', 'status', 'name', 'title', 'sku', 'carrier', 'quantity', 'delta'];
const NAMES_MAX = 4;
const CHARACTERS_MAX = 160;

/** One line for an event in a list: its most telling value, else the names of its fields. */
export function summarizePayload(data: JsonObject): string {
  for (const name of TELLING) {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value !== undefined && value !== null && !isContainer(value) && value !== '') return oneLine(name, value);
  }
  const names = Object.keys(data);
  if (names.length === 0) return 'no data';
  const shown = names.slice(0, NAMES_MAX).map(cut).join(', ');
  return names.length > NAMES_MAX ? `${shown} + ${names.length - NAMES_MAX}` : shown;
}

function oneLine(name: string, value: Exclude<Json, object | null>): string {
  if (typeof value !== 'string') return `${name} ${String(value)}`;
  return cut(value.slice(0, CHARACTERS_MAX + 1).split('\n', 1)[0] ?? '');
}

function cut(text: string): string {
  return verbatim(text.length > CHARACTERS_MAX ? `${beginning(text, CHARACTERS_MAX)}…` : text);
}
