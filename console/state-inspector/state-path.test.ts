import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/kernel/json.ts';
import { CHANGES_MAX, changedPaths, formatPath, parsePath, valueAt } from './state-path.ts';

const state: JsonObject = { lines: [{ sku: 'TEE', returned: 9 }], 'odd key': { a: null }, total: { amount: 7150 } };

describe('paths', () => {
  test('are written as people write them', () => {
    expect(formatPath(['lines', 0, 'returned'])).toBe('lines[0].returned');
    expect(formatPath(['odd key', 'a'])).toBe('["odd key"].a');
  });

  test('read back whatever was written', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.nat()), { minLength: 1 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });

  test('what is no path is refused', () => {
    for (const text of ['.a', 'a..b', 'a[', 'a[x]', 'a b', 'a["']) expect(parsePath(text), text).toBeNull();
  });

  test('lead to a value, or to nothing', () => {
    expect(valueAt(state, ['lines', 0, 'returned'])).toBe(9);
    expect(valueAt(state, ['lines', 1, 'returned'])).toBeUndefined();
    expect(valueAt(state, ['odd key', 'a'])).toBeNull();
    expect(valueAt(state, ['constructor'])).toBeUndefined();
  });
});

describe('changedPaths', () => {
  test('names each changed value by its path', () => {
    const after = { ...state, lines: [{ sku: 'TEE', returned: 12 }], total: { amount: 7150, currency: 'EUR' } };
    expect(changedPaths(state, after).map((change) => [formatPath(change.path), change.before, change.after])).toEqual([
      ['lines[0].returned', 9, 12],
      ['total.currency', undefined, 'EUR'],
    ]);
  });

  test('a whole new or removed object is one change', () => {
    expect(changedPaths({ a: { b: 1, c: 2 } }, { d: [1, 2] })).toEqual([
      { path: ['d'], before: undefined, after: [1, 2] },
      { path: ['a'], before: { b: 1, c: 2 }, after: undefined },
    ]);
  });

  test('stops at the limit', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, index]));
    expect(changedPaths({}, many)).toHaveLength(CHANGES_MAX);
  });
});
