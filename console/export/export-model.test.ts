import { expect, test } from 'vitest';
import { countLines, exportAddress, progressWords } from './export-model.ts';

test('the address has what is narrowed by, and nothing that is not', () => {
  expect(exportAddress({ category: ['order', 'stock'], actor: undefined, from: '' }, 'csv')).toBe(
    '/api/v1/events/export?format=csv&category=order%2Cstock',
  );
});

test('lines are counted in pieces, whatever stands between', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(countLines(bytes('{"a":"ü"}\n{"b":'))).toBe(1);
  expect(countLines(bytes(''))).toBe(0);
  expect(countLines(bytes('\n\n'))).toBe(2);
});

test('progress says how much, how fast, and how long still; without a total nothing is invented', () => {
  expect(progressWords(12_000, 40_000, 1500)).toBe('12,000 of 40,000 events, 8,000/s, 3.5 s left');
  expect(progressWords(12_000, null, 1500)).toBe('12,000 events, 8,000/s');
  expect(progressWords(0, 10, 0)).toBe('0 of 10 events, 0/s');
});
