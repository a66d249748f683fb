import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/kernel/json.ts';
import { jsonRows, MEMBERS_STEP, summarize } from './json-rows.ts';

const payload: JsonObject = {
  customerId: 'cus-41d8',
  lines: [
    { sku: 'TEE-BLK-M', quantity: 3 },
    { sku: 'MUG-011', quantity: 1 },
  ],
  notes: [],
};

describe('jsonRows', () => {
  test('lists members with their depth, containers opened two deep', () => {
    expect(jsonRows(payload).map((row) => `${'  '.repeat(row.depth)}${row.name}`)).toEqual([
      'customerId',
      'lines',
      '  0',
      '    sku',
      '    quantity',
      '  1',
      '    sku',
      '    quantity',
      'notes',
    ]);
  });

  test('a closed element says which one it is', () => {
    const rows = jsonRows(payload, { opened: new Map([['lines[1]', false]]) });
    expect(rows.find((row) => row.id === 'lines[1]')).toMatchObject({
      kind: 'branch',
      open: false,
      summary: 'MUG-011, 1',
    });
    expect(rows.some((row) => row.id === 'lines[1].sku')).toBe(false);
  });

  test('an empty container is a leaf that shows its brackets', () => {
    expect(jsonRows(payload).at(-1)).toMatchObject({ kind: 'leaf', empty: '[]' });
  });

  test('a long array is shown in part, says how many are hidden, and whole when asked', () => {
    const long = { items: Array.from({ length: 250 }, (_, index) => index) };
    expect(jsonRows(long)).toHaveLength(1 + MEMBERS_STEP + 1);
    expect(jsonRows(long).at(-1)).toMatchObject({ kind: 'more', hidden: 150 });
    expect(jsonRows(long, { whole: new Set(['items']) })).toHaveLength(251);
  });

  test('a long text shows its beginning and says how long it is; a short one what can not be seen in it', () => {
    const [long, short] = jsonRows({ long: 'x'.repeat(5_000_000), short: 'a\u202eb' });
    expect(long).toMatchObject({ shown: { text: `"${'x'.repeat(1000)}…`, ofCharacters: 5_000_000 } });
    expect(short).toMatchObject({ shown: { text: '"a\\u202eb"', ofCharacters: null } });
  });

  test('a value without members is a line of its own', () => {
    expect(jsonRows('alone')).toMatchObject([{ name: '', shown: { text: '"alone"' } }]);
  });

  test('a key named __proto__ is shown with its value', () => {
    expect(jsonRows(JSON.parse('{"__proto__": {"a": 1}}') as JsonObject).map((row) => row.name)).toEqual([
      '__proto__',
      'a',
    ]);
  });
});

describe('summarize', () => {
  test('scalars as JSON, containers by number', () => {
    expect(['x', null, undefined, [1, 2], { a: 1 }].map((value) => summarize(value))).toEqual([
      '"x"',
      'null',
      'none',
      '2 items',
      '1 field',
    ]);
  });

  test('a long text is cut', () => {
    expect(summarize('x'.repeat(200), 20)).toHaveLength(20);
  });
});
