import { describe, expect, test } from 'vitest';
import type { Density } from '#server/explorer/explorer.ts';
import { lastHour, NAMED_MAX, OTHER, prepareDensity, sum, timeTicks } from './density-chart-model.ts';

const FROM = Date.parse('2026-11-24T09:00:00Z');
const at = (seconds: number) => new Date(FROM + seconds * 1000).toISOString();

const density: Density = {
  from: at(0),
  to: at(120),
  bucketSeconds: 30,
  countedFrom: null,
  buckets: [
    { start: at(0), counts: { order: 60, stock: 90 } },
    { start: at(90), counts: { order: 3 } },
  ],
};

describe('the bars of the last hour', () => {
  test('stand for every bucket, empty ones too, in events a second', () => {
    const { bars } = prepareDensity(density, FROM + 500_000);
    expect(bars.map(({ rates }) => rates)).toEqual([{ order: 2, stock: 3 }, {}, {}, { order: 0.1 }]);
  });

  test('lie past the line from the mark on', () => {
    const { bars } = prepareDensity(density, FROM + 60_000);
    expect(bars.map(({ past }) => past)).toEqual([false, false, true, true]);
  });

  test('have the largest layer lowest and a round axis above the highest', () => {
    const chart = prepareDensity(density, FROM);
    expect(chart.layers).toEqual(['stock', 'order']);
    expect(chart.top).toBe(5);
    expect(chart.highest).toEqual({ start: FROM, rate: 5 });
  });

  test('keep every event where there are many categories', () => {
    const counts = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`c${index}`, 30 * (index + 1)]));
    const chart = prepareDensity({ ...density, buckets: [{ start: at(0), counts }] }, FROM);
    expect(chart.layers).toHaveLength(NAMED_MAX);
    expect(chart.layers.at(-1)).toBe(OTHER);
    expect(sum(chart.bars[0]?.rates ?? {})).toBe(45);
  });

  test('of an idle hour have no highest, and an axis all the same', () => {
    const chart = prepareDensity({ ...density, buckets: [] }, FROM);
    expect(chart.highest).toBeNull();
    expect(chart.top).toBe(1);
  });
});

test('the window ends on a whole bucket, so that asking again within it is the same question', () => {
  const first = lastHour(FROM + 1000);
  expect(first).toEqual(lastHour(FROM + 29_000));
  expect(first).toEqual({ from: at(30 - 3600), to: at(30), buckets: 120 });
});

test('ticks are ten minutes apart, the last is the last bar, none stands close before it', () => {
  const hour = prepareDensity({ ...density, from: at(0), to: at(3600) }, FROM).bars;
  const minutes = timeTicks(hour, 10).map((tick) => (tick - FROM) / 60_000);
  expect(minutes).toEqual([0, 10, 20, 30, 40, 50, 59.5]);
  expect(timeTicks([], 10)).toEqual([]);
});
