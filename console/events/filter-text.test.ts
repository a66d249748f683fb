import { describe, expect, test } from 'vitest';
import { streamText, suggestFilters } from './filter-text.ts';

const known = {
  categories: [
    { value: 'order', count: 211 },
    { value: 'stock', count: 289 },
  ],
  eventTypes: [
    { value: 'OrderPlaced', count: 71 },
    { value: 'StockReserved', count: 141 },
    { value: 'ReorderSuggested', count: 500 },
  ],
  streams: [],
};
const first = (text: string) => suggestFilters(text, known)[0];

describe('suggestFilters', () => {
  test('a stream id is a stream', () => {
    expect(first('order-7f3a91')).toEqual({ kind: 'stream', value: 'order-7f3a91', count: null });
  });

  test('a UUID or a commit is a correlation', () => {
    expect(first('0f8fad5b-d9cb-469f-a165-70867728950e')?.kind).toBe('corr');
    expect(first('9998490f93d3ad3d56c00d23c0aa13fac41c3f6b')?.kind).toBe('corr');
  });

  test('digits are a position, with or without their grouping', () => {
    expect(first('4,807,943')).toEqual({ kind: 'position', value: '4807943' });
    expect(first('007')).toEqual({ kind: 'position', value: '7' });
  });

  test('types that begin with the text come before those that contain it', () => {
    expect(
      suggestFilters('order', known)
        .slice(0, 3)
        .map((item) => item.value),
    ).toEqual(['OrderPlaced', 'ReorderSuggested', 'order']);
  });

  test('a prefix says outright what is meant', () => {
    expect(suggestFilters('actor: ada@shop', known)).toEqual([{ kind: 'actor', value: 'ada@shop', count: null }]);
    expect(suggestFilters('type:stock', known)).toEqual([{ kind: 'type', value: 'StockReserved', count: 141 }]);
    expect(suggestFilters('position:x', known)).toEqual([]);
  });

  test('streams that have the text in their ids stand with the rest, before an id that no stream has', () => {
    const streams = [
      { value: 'order-1001', count: 4 },
      { value: 'payment-order-1001', count: 2 },
    ];
    const values = (text: string) =>
      suggestFilters(text, { ...known, streams }).map(({ kind, value }) => [kind, value]);
    expect(values('1001').slice(0, 3)).toEqual([
      ['position', '1001'],
      ['stream', 'order-1001'],
      ['stream', 'payment-order-1001'],
    ]);
    expect(values('order-100').slice(0, 3)).toEqual([
      ['stream', 'order-1001'],
      ['stream', 'payment-order-1001'],
      ['stream', 'order-100'],
    ]);
    expect(values('order-1001').slice(0, 2)).toEqual([
      ['stream', 'order-1001'],
      ['stream', 'payment-order-1001'],
    ]);
    expect(values('stream: 1001')).toEqual([
      ['stream', 'order-1001'],
      ['stream', 'payment-order-1001'],
      ['stream', '1001'],
    ]);
    expect([streamText(' 1001 '), streamText('stream: 1001'), streamText('actor: ada')]).toEqual([
      '1001',
      '1001',
      null,
    ]);
  });

  test('whatever else may be an actor; nothing suggests nothing', () => {
    expect(suggestFilters('ada', known).map((item) => item.kind)).toEqual(['q', 'actor', 'corr']);
    expect(suggestFilters('   ', known)).toEqual([]);
  });
});
