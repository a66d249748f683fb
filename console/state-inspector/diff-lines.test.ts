import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import { countChanges, type DiffLine, diffLines } from './diff-lines.ts';
import { foldLines } from './fold-lines.ts';

const print = (lines: readonly DiffLine[]) =>
  lines.map((line) => `${{ same: ' ', removed: '-', added: '+' }[line.kind]}${'  '.repeat(line.depth)}${line.text}`);

const order = (returned: number, by: string): JsonObject => ({
  status: 'returned',
  lines: [
    { sku: 'TEE-BLK-M', quantity: 60, returned },
    { sku: 'HOOD-GRY-L', quantity: 40, returned: 4 },
  ],
  lastReturnBy: by,
});

/** As JSON carries it: −0 is 0. */
const plain = (value: Json): unknown => JSON.parse(JSON.stringify(value));

/** One side of the lines, as JSON again. */
const side = (lines: readonly DiffLine[], drop: 'added' | 'removed'): Json =>
  JSON.parse(
    lines
      .filter((line) => line.kind !== drop)
      .map((line) => line.text)
      .join('')
      .replace(/,(?=[\]}])/g, ''),
  );

describe('diffLines', () => {
  test('shows a changed field within its element, and nothing else as changed', () => {
    expect(print(diffLines(order(6, 'support'), order(9, 'b.lind')))).toEqual([
      ' {',
      '   "status": "returned",',
      '   "lines": [',
      '     {',
      '       "sku": "TEE-BLK-M",',
      '       "quantity": 60,',
      '-      "returned": 6',
      '+      "returned": 9',
      '     },',
      '     {',
      '       "sku": "HOOD-GRY-L",',
      '       "quantity": 40,',
      '       "returned": 4',
      '     }',
      '   ],',
      '-  "lastReturnBy": "support"',
      '+  "lastReturnBy": "b.lind"',
      ' }',
    ]);
  });

  test('everything is new before the first version', () => {
    const lines = diffLines({}, { status: 'placed', tags: [] });
    expect(print(lines)).toEqual([' {', '+  "status": "placed",', '+  "tags": []', ' }']);
    expect(countChanges(lines)).toEqual({ added: 2, removed: 0 });
  });

  test('the order of keys alone is no change', () => {
    expect(countChanges(diffLines({ a: 1, b: 2 }, { b: 2, a: 1 }))).toEqual({ added: 0, removed: 0 });
  });

  test('a removed key stands where it stood', () => {
    expect(print(diffLines({ a: 1, b: 2, c: 3 }, { a: 1, c: 3 }))).toEqual([
      ' {',
      '   "a": 1,',
      '-  "b": 2,',
      '   "c": 3',
      ' }',
    ]);
  });

  test('an element put in front moves the others without changing them', () => {
    expect(print(diffLines({ a: [1, 2] }, { a: [0, 1, 2] }))).toEqual([
      ' {',
      '   "a": [',
      '+    0,',
      '     1,',
      '     2',
      '   ]',
      ' }',
    ]);
  });

  test('a key named __proto__ is a key like any other', () => {
    const after = JSON.parse('{"__proto__": 1}') as JsonObject;
    expect(print(diffLines({}, after))).toEqual([' {', '+  "__proto__": 1', ' }']);
  });

  test('equal states have no changed line, different ones at least one', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>);
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(countChanges(diffLines(a, structuredClone(a)))).toEqual({ added: 0, removed: 0 });
        const { added, removed } = countChanges(diffLines(a, b));
        expect(added + removed > 0).toBe(!isDeepStrictEqual(plain(a), plain(b)));
      }),
    );
  });

  test('without the added lines it reads as the state before, without the removed ones as the state after', () => {
    const value = fc.oneof(
      fc.integer(),
      fc.constantFrom('x', 'y'),
      fc.boolean(),
      fc.array(fc.integer(), { maxLength: 4 }),
    );
    const json = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), value) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(json, json, (a, b) => {
        const lines = diffLines(a, b);
        expect(side(lines, 'added')).toEqual(a);
        expect(side(lines, 'removed')).toEqual(b);
      }),
    );
  });
});

describe('foldLines', () => {
  const many = (last: number): JsonObject => ({
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, index])),
    nested: { deep: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`inner${index}`, index])), last },
  });
  const text = (opened?: Set<number>) =>
    foldLines(diffLines(many(1), many(2)), opened).map((item) =>
      item.kind === 'folded' ? `… ${item.count} unchanged lines` : item.line.text,
    );

  test('keeps three lines beside a change and the keys that enclose it', () => {
    expect(text()).toEqual([
      '{',
      '… 20 unchanged lines',
      '"nested": {',
      '… 8 unchanged lines',
      '"inner7": 7,',
      '"inner8": 8',
      '},',
      '"last": 1',
      '"last": 2',
      '}',
      '}',
    ]);
  });

  test('a run that was opened is shown whole', () => {
    expect(text(new Set([1]))).toHaveLength(11 - 1 + 20);
  });

  test('two equal states are shown whole', () => {
    expect(foldLines(diffLines(many(1), many(1)))).toHaveLength(diffLines(many(1), many(1)).length);
  });

  test('folds no changed line away', () => {
    const lines = diffLines(many(1), order(2, 'x'));
    const changed = foldLines(lines).filter((item) => item.kind === 'line' && item.line.kind !== 'same');
    const { added, removed } = countChanges(lines);
    expect(changed).toHaveLength(added + removed);
  });
});
