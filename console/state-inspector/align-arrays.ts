import type { Json } from '#server/kernel/json.ts';
import { isObject, sameJson } from './json-shape.ts';

export type ArrayPair =
  | { kind: 'both'; before: Json; after: Json }
  | { kind: 'removed'; value: Json }
  | { kind: 'added'; value: Json };

/** Above this many comparisons elements are paired by index: the table of the alignment grows with the product. */
const COMPARISONS_MAX = 250_000;

/**
 * Pairs the elements of two arrays: the longest common subsequence stays, and between two kept elements the removed and
 * the added ones are paired in order where both are of a kind, so that a changed element shows what changed in it.
 */
export function alignArrays(before: readonly Json[], after: readonly Json[]): ArrayPair[] {
  const kept = before.length * after.length > COMPARISONS_MAX ? [] : commonSubsequence(before, after);
  const pairs: ArrayPair[] = [];
  let beforeIndex = 0;
  let afterIndex = 0;
  for (const [keptBefore, keptAfter] of [...kept, [before.length, after.length] as const]) {
    pairs.push(...pairGap(before.slice(beforeIndex, keptBefore), after.slice(afterIndex, keptAfter)));
    if (keptBefore < before.length) {
      pairs.push({ kind: 'both', before: before[keptBefore] ?? null, after: after[keptAfter] ?? null });
    }
    beforeIndex = keptBefore + 1;
    afterIndex = keptAfter + 1;
  }
  return pairs;
}

function pairGap(removed: readonly Json[], added: readonly Json[]): ArrayPair[] {
  const paired = Math.min(removed.length, added.length);
  const pairs: ArrayPair[] = [];
  for (let index = 0; index < paired; index++) {
    const before = removed[index] ?? null;
    const after = added[index] ?? null;
    if (sameKind(before, after)) pairs.push({ kind: 'both', before, after });
    else pairs.push({ kind: 'removed', value: before }, { kind: 'added', value: after });
  }
  for (const value of removed.slice(paired)) pairs.push({ kind: 'removed', value });
  for (const value of added.slice(paired)) pairs.push({ kind: 'added', value });
  return pairs;
}

function sameKind(a: Json, b: Json): boolean {
  return (isObject(a) && isObject(b)) || (Array.isArray(a) && Array.isArray(b));
}

/** Index pairs of the longest common subsequence, by the textbook table. */
function commonSubsequence(before: readonly Json[], after: readonly Json[]): (readonly [number, number])[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const same = (i: number, j: number) => sameJson(before[i], after[j]);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = same(i, j)
        ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (same(i, j)) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}
