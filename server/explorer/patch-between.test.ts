import fc from 'fast-check';
import { applyPatch } from 'rfc6902';
import { expect, test } from 'vitest';
import type { JsonObject } from '#server/kernel/json.ts';
import { patchBetween } from './patch-between.ts';

const applied = (before: JsonObject, after: JsonObject) => {
  const state = structuredClone(before);
  applyPatch(state, patchBetween(before, after) as never);
  return state;
};

test('a patch leads from one state to the other', () => {
  const state = fc.dictionary(fc.stringMatching(/^[a-c~/]{1,3}$/), fc.oneof(fc.integer(), fc.array(fc.nat(9))));
  fc.assert(
    fc.property(state, state, (before, after) => {
      expect(applied(before, after)).toEqual(after);
    }),
  );
});

test('two long arrays are replaced whole; what stands beside them is still told in detail', () => {
  const numbers = (from: number) => Array.from({ length: 10_000 }, (_, index) => from + index);
  const before = { 'a/b': numbers(0), kept: { deep: [1, 2] }, gone: 1 };
  const after = { 'a/b': numbers(1), kept: { deep: [1, 3] }, come: 2 };
  const patch = patchBetween(before, after);
  expect(patch.map(({ op, path }) => `${op} ${path}`)).toEqual([
    'replace /a~1b',
    'replace /kept/deep/1',
    'remove /gone',
    'add /come',
  ]);
  expect(applied(before, after)).toEqual(after);
});
