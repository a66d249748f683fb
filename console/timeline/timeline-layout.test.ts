import { describe, expect, test } from 'vitest';
import { layoutHistogram } from './timeline-layout.ts';
import type { Histogram } from './timeline-model.ts';
import { timelineScale } from './timeline-scale.ts';

const histogram: Histogram = {
  window: { from: 0, to: 10_000 },
  bucketMs: 1000,
  series: ['order', 'stock'],
  peak: 46,
  total: 70,
  countedFrom: null,
  bars: [
    {
      from: 0,
      to: 1000,
      total: 46,
      parts: [
        { series: 'order', count: 23 },
        { series: 'stock', count: 23 },
      ],
    },
    { from: 5000, to: 6000, total: 24, parts: [{ series: 'order', count: 24 }] },
  ],
};
const scale = timelineScale(histogram.window, 100);
const options = { scale, height: 50, brush: null, markAt: null };

describe('layoutHistogram', () => {
  test('stacks the second series on the first, the highest bar just below the top', () => {
    const { paths } = layoutHistogram(histogram, options);
    expect(paths[0]?.inside).toBe('M0 27h9v23h-9zM50 26h9v24h-9z');
    expect(paths[1]?.inside).toBe('M0 4h9v23h-9z');
  });

  test('splits bars at the brush by their middle', () => {
    const { paths, brush } = layoutHistogram(histogram, { ...options, brush: { from: 4000, to: 7000 } });
    expect(paths[0]?.inside).toBe('M50 26h9v24h-9z');
    expect(paths[0]?.outside).toBe('M0 27h9v23h-9z');
    expect(brush).toEqual({ left: 40, right: 70 });
  });

  test('a lone event beside a huge bar can still be seen', () => {
    const lone = {
      ...histogram,
      peak: 100_000,
      bars: [{ from: 0, to: 1000, total: 1, parts: [{ series: 'order', count: 1 }] }],
    };
    expect(layoutHistogram(lone, options).paths[0]?.inside).toBe('M0 48.5h9v1.5h-9z');
  });

  test('the part past the high-water mark reaches to the right edge', () => {
    expect(layoutHistogram(histogram, { ...options, markAt: 8000 })).toMatchObject({ markX: 80, unsettledFrom: 80 });
  });

  test('a mark right of the window settles all of it, one left of it nothing', () => {
    expect(layoutHistogram(histogram, { ...options, markAt: 90_000 })).toMatchObject({
      markX: null,
      unsettledFrom: 100,
    });
    expect(layoutHistogram(histogram, { ...options, markAt: -90_000 })).toMatchObject({
      markX: null,
      unsettledFrom: 0,
    });
  });

  test('bars outside the window are not drawn', () => {
    const later = timelineScale({ from: 4000, to: 8000 }, 100);
    expect(layoutHistogram(histogram, { ...options, scale: later }).paths[1]?.inside).toBe('');
  });
});
