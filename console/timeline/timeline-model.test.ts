import { describe, expect, test } from 'vitest';
import type { Density } from '#server/explorer/explorer.ts';
import { countWithin, OTHER, prepareHistogram, SERIES_MAX } from './timeline-model.ts';

const density = (counts: Record<string, number>[]): Density => ({
  from: '2026-11-23T10:00:00Z',
  to: '2026-11-23T10:10:00Z',
  bucketSeconds: 60,
  countedFrom: null,
  buckets: counts.map((count, index) => ({
    start: new Date(Date.UTC(2026, 10, 23, 10, index)).toISOString(),
    counts: count,
  })),
});

describe('prepareHistogram', () => {
  test('stacks series in one order in every bar, whatever order the buckets name them in', () => {
    const { bars, series } = prepareHistogram(
      density([
        { stock: 2, order: 1 },
        { order: 5, payment: 1 },
      ]),
    );
    expect(series).toEqual(['order', 'payment', 'stock']);
    expect(bars.map((bar) => bar.parts.map((part) => part.series))).toEqual([
      ['order', 'stock'],
      ['order', 'payment'],
    ]);
  });

  test('knows its peak and its total', () => {
    const { peak, total } = prepareHistogram(density([{ order: 3 }, { order: 5, stock: 2 }, {}]));
    expect([peak, total]).toEqual([7, 10]);
  });

  test('leaves out empty buckets and puts the rest in ascending order', () => {
    const given = density([{ order: 1 }, {}, { order: 2 }]);
    const { bars } = prepareHistogram({ ...given, buckets: given.buckets.toReversed() });
    expect(bars.map((bar) => bar.total)).toEqual([1, 2]);
  });

  test('puts the smallest series together past the limit and loses no event', () => {
    const counts = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`c${index}`, 100 - index]));
    const { series, total, bars } = prepareHistogram(density([counts]));
    expect(series).toHaveLength(SERIES_MAX);
    expect(series.at(-1)).toBe(OTHER);
    expect(total).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0));
    expect(bars[0]?.parts.at(-1)).toEqual({ series: OTHER, count: 17 * (100 - 31) });
  });

  test('an empty density has no bars and a peak of 0', () => {
    expect(prepareHistogram(density([]))).toMatchObject({ bars: [], series: [], peak: 0, total: 0 });
  });
});

describe('countWithin', () => {
  const histogram = prepareHistogram(density([{ order: 10 }, { order: 20 }, { order: 30 }]));

  test('counts whole buckets, and a cut one by its share', () => {
    const at = (minute: number) => Date.UTC(2026, 10, 23, 10, 0) + minute * 60_000;
    expect(countWithin(histogram, { from: at(0), to: at(3) })).toBe(60);
    expect(countWithin(histogram, { from: at(0.5), to: at(2) })).toBe(25);
    expect(countWithin(histogram, { from: at(4), to: at(9) })).toBe(0);
  });
});
