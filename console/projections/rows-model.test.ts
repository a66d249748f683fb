import { describe, expect, test } from 'vitest';
import { cellShown, cellText, changedColumns, momentOf, pairRows } from './rows-model.ts';

const row = (id: string, status: string) => ({ id, status });

describe('rows of then and now', () => {
  test('stand beside each other by key', () => {
    const pairs = pairRows(
      'id',
      { rows: [row('a', 'placed'), row('c', 'placed')], more: false },
      { rows: [row('a', 'shipped'), row('b', 'placed')], more: false },
    );
    expect(pairs.map(({ key, past, present }) => [key, past?.status ?? null, present?.status ?? null])).toEqual([
      ['a', 'placed', 'shipped'],
      ['b', null, 'placed'],
      ['c', 'placed', null],
    ]);
  });

  test('end where a page ends that has more: what it has past its end is not known', () => {
    const pairs = pairRows(
      'id',
      { rows: [row('a', 'placed'), row('b', 'placed')], more: true },
      { rows: [row('a', 'placed'), row('c', 'placed')], more: true },
    );
    expect(pairs.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('differ in the columns that are not equal', () => {
    const pair = { key: 'a', past: row('a', 'placed'), present: row('a', 'shipped') };
    expect([...changedColumns(pair, ['id', 'status'])]).toEqual(['status']);
    expect([...changedColumns({ ...pair, past: null }, ['id', 'status'])]).toEqual(['id', 'status']);
  });
});

test('a cell says null, texts without quotes, and the rest as JSON', () => {
  expect([null, 'placed', 7, { a: 1 }].map(cellText)).toEqual(['null', 'placed', '7', '{"a":1}']);
});

test('a moment is a position or a time', () => {
  const at = '2026-11-26T10:00:00Z';
  expect(momentOf({ at: null, position: '50000' as never }, () => '10:00')).toBe('As of position 50,000');
  expect(momentOf({ at, position: '12' as never }, () => '10:00')).toBe('As of 10:00');
});

test('a cell shows a time as the person reads times, and what only begins like one as it is', () => {
  const shown = (value: string | number | null) => cellShown(value, (at) => `at ${at}`);
  expect(shown('2026-11-26T21:05:04.003+00:00')).toBe('at 2026-11-26T21:05:04.003+00:00');
  expect([shown('2026-11-26'), shown('2026-11-26T21:05:04 or so'), shown(7), shown(null)]).toEqual([
    '2026-11-26',
    '2026-11-26T21:05:04 or so',
    '7',
    'null',
  ]);
});
