import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isContainer } from './json-shape.ts';

/** Fields that say in a word what happened, best first. */
const TELLING = ['message', 'reason', 'status', 'name', 'title', 'sku', 'carrier', 'quantity', 'delta'];
const NAMES_MAX = 4;

/** One line for an event in a list: its most telling value, else the names of its fields. */
export function summarizePayload(data: JsonObject): string {
  for (const name of TELLING) {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value !== undefined && value !== null && !isContainer(value) && value !== '') return oneLine(name, value);
  }
  const names = Object.keys(data);
  if (names.length === 0) return 'no data';
  const shown = names.slice(0, NAMES_MAX).join(', ');
  return names.length > NAMES_MAX ? `${shown} + ${names.length - NAMES_MAX}` : shown;
}

function oneLine(name: string, value: Exclude<Json, object | null>): string {
  if (typeof value !== 'string') return `${name} ${String(value)}`;
  return value.split('\n', 1)[0] ?? '';
}
