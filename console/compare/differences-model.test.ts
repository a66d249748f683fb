import { describe, expect, test } from 'vitest';
import type { DataReport } from '#server/compare/report.ts';
import { causeBars, cellText, equalBar, rowCells } from './differences-model.ts';
import { ordersReport } from './report-fixtures.ts';

const data = ordersReport.data as DataReport;

describe('all rows as one bar', () => {
  test('draws a few in a million wider, and by how much', () => {
    const { stretches, scale } = equalBar(data);
    expect(scale).toBe(10_000);
    expect(stretches.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['equal', 1_204_347],
      ['wrong_b', 38],
      ['unexplained', 3],
    ]);
    expect(stretches.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('is true where the differences can be seen, and whole where there are none', () => {
    expect(equalBar({ ...data, equal: 100 }).scale).toBe(1);
    expect(equalBar({ ...data, causes: [] }).stretches).toEqual([{ kind: 'equal', rows: data.equal, share: 1 }]);
  });
});

test('causes that a rule expects stand last, the rest by their rows', () => {
  const [rounding, missing] = data.causes;
  if (rounding === undefined || missing === undefined) throw new Error('the fixture has two causes');
  const bars = causeBars([{ ...rounding, explainedBy: 0 }, missing, { ...missing, rows: 19 }]);
  expect(bars.map(({ index }) => index)).toEqual([2, 1, 0]);
  expect(bars[0]?.length).toBeCloseTo(0.5);
});

describe('two rows side by side', () => {
  test('mark the columns that differ, and name what one side lacks', () => {
    const sample = data.samples[0];
    if (sample === undefined) throw new Error('the fixture has a sample');
    const cells = rowCells(sample);
    expect(cells.filter(({ differs }) => differs)).toEqual([
      { column: 'total_amount', a: '41,250', b: '41,300', differs: true },
    ]);
    expect(cells.at(-1)).toEqual({ column: 'shipped_at', a: '–', b: 'NULL', differs: false });
  });

  test('show a row that only one side has', () => {
    expect(rowCells({ key: 'x', a: { id: 'x' }, b: null, fields: [] })).toEqual([
      { column: 'id', a: 'x', b: null, differs: true },
    ]);
  });

  test('begin with the column that holds the key', () => {
    const row = { at: 'noon', id: 'x', by: 'ada' };
    expect(rowCells({ key: 'x', a: row, b: row, fields: [] }).map(({ column }) => column)).toEqual(['id', 'at', 'by']);
  });
});

test.each([
  [1234567, '1,234,567'],
  [0.5, '0.5'],
  [null, 'NULL'],
  ['2026', '2026'],
  ['2026-11-26T13:21:33.705+00:00', '2026-11-26 13:21:33.705+00:00'],
  [{ a: [1] }, '{"a":[1]}'],
])('%j is shown as %s', (value, text) => expect(cellText(value)).toBe(text));
