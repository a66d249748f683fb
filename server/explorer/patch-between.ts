import { createPatch } from 'rfc6902';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { PatchOperation } from './explorer.ts';

/** Arrays are compared element by element: two of 10,000 would be 100 million comparisons, minutes of everybody's time. */
const COMPARISONS_MAX = 250_000;

/** What leads from one state to the other, as a JSON Patch; a member with too much to compare is replaced whole. */
export function patchBetween(before: JsonObject, after: JsonObject): PatchOperation[] {
  if (comparisons(before, after) <= COMPARISONS_MAX) return createPatch(before, after) as PatchOperation[];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): PatchOperation[] => {
    const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const was = before[name];
    const is = after[name];
    if (is === undefined) return [{ op: 'remove', path }];
    if (was === undefined) return [{ op: 'add', path, value: is }];
    if (comparisons(was, is) > COMPARISONS_MAX) return [{ op: 'replace', path, value: is }];
    return createPatch({ [name]: was }, { [name]: is }) as PatchOperation[];
  });
}

/** How many pairs of elements a comparison of the two would look at, arrays within arrays multiplied. */
function comparisons(before: Json | undefined, after: Json | undefined): number {
  if (Array.isArray(before) && Array.isArray(after)) {
    const inner = before.some((item) => typeof item === 'object') ? largest(before) * largest(after) : 1;
    return before.length * after.length * Math.max(1, inner);
  }
  if (!isObject(before) || !isObject(after)) return 0;
  return Object.keys(before).reduce((sum, name) => sum + comparisons(before[name], after[name]), 0);
}

function largest(items: readonly Json[]): number {
  return items.reduce<number>((most, item) => Math.max(most, Array.isArray(item) ? item.length : 1), 1);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
