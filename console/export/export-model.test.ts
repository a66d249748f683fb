import { expect, test } from 'vitest';
import { asked, exportAddress, progressWords, shareDone } from './export-model.ts';

test('the address has what is narrowed by, and nothing that is not', () => {
  expect(exportAddress({ category: ['order', 'stock'], actor: undefined, from: '' }, 'csv')).toBe(
    '/api/v1/events/export?format=csv&category=order%2Cstock',
  );
});

test('a procedure is asked with what is narrowed by alone', () => {
  expect(asked({ category: ['order'], eventType: [], actor: undefined, streamId: 'order-1' })).toEqual({
    category: ['order'],
    streamId: 'order-1',
  });
});

test('what is done of several is a share of all that was counted, and never all of it', () => {
  expect(
    shareDone([
      { events: 30, expected: 100 },
      { events: 20, expected: 100 },
    ]),
  ).toBe('25 %');
  expect(shareDone([{ events: 100, expected: 100 }])).toBe('99 %');
  expect(shareDone([{ events: 5, expected: null }])).toBeNull();
});

test('progress says how much, how fast, and how long still; without a total nothing is invented', () => {
  expect(progressWords(12_000, 40_000, 1500)).toBe('12,000 of 40,000 events, 8,000/s, 3.5 s left');
  expect(progressWords(12_000, null, 1500)).toBe('12,000 events, 8,000/s');
  expect(progressWords(0, 10, 0)).toBe('0 of 10 events, 0/s');
});
