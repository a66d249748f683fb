import { describe, expect, test } from 'vitest';
import type { LagPoint } from '#server/projections/status.ts';
import { appendPoint, lagChart, lagMarks, niceTop } from './lag-chart-model.ts';

const start = Date.parse('2026-11-24T10:00:00.000Z');
const point = (second: number, lagSeconds = 0, arrivalRate = 10, drainRate = 10): LagPoint => ({
  at: new Date(start + second * 1000).toISOString(),
  lagEvents: 0,
  lagSeconds,
  arrivalRate,
  drainRate,
});
const chart = (history: LagPoint[], seconds = 900) =>
  lagChart(history, { now: start + seconds * 1000, windowMs: seconds * 1000, objective: 5 });

describe('the lag chart', () => {
  test('has at most 300 points and keeps the peak', () => {
    const history = Array.from({ length: 900 }, (_, second) => point(second, second === 433 ? 42 : 0));
    const { points, secondsTop } = chart(history);
    expect(points.length).toBeLessThanOrEqual(300);
    expect(Math.max(...points.map(({ lagSeconds }) => lagSeconds ?? 0))).toBe(42);
    expect(secondsTop).toBe(50);
  });

  test('breaks its line where nothing is known', () => {
    const { points } = chart([point(10), point(11), point(60)], 100);
    expect(points.map(({ lagSeconds }) => lagSeconds)).toEqual([0, 0, null, 0]);
  });

  test('shades only where more comes than goes', () => {
    const { points } = chart([point(1, 0, 10, 10), point(2, 1, 30, 10)], 100);
    expect(points.map(({ gap }) => gap)).toEqual([null, [10, 30]]);
  });

  test('has the candidate beside it at the same moments, and keeps the axis of the serving version', () => {
    const history = [point(1, 1), point(2, 1)];
    const built = lagChart(history, { now: start + 5000, windowMs: 5000, objective: 5, candidate: [point(2, 7200)] });
    expect(built.points.map(({ candidateSeconds }) => candidateSeconds)).toEqual([null, 7200]);
    expect(built.secondsTop).toBe(10);
  });

  test('always shows the objective', () => {
    expect(chart([point(1)]).secondsTop).toBeGreaterThan(5);
  });
});

test('a point that is known already is not added', () => {
  const history = [point(1), point(2)];
  expect(appendPoint(history, point(2))).toBe(history);
  expect(appendPoint(history, point(3))).toHaveLength(3);
  expect(appendPoint(history, point(3), 2)).toHaveLength(2);
});

test.each([
  [0.3, 0.5],
  [1, 1],
  [42, 50],
  [501, 1000],
])('the axis for %d ends at %d', (value, top) => {
  expect(niceTop(value)).toBeCloseTo(top);
});

describe('moments of note', () => {
  const window = { from: 100_000, to: 400_000 };
  const marks = (lagSeconds: number, heldSeconds: number | null) =>
    lagMarks(window, { lagSeconds, objective: 5, heldSeconds }).map(({ kind, at }) => [kind, at]);

  test('are since when the mark is held, and since when an event waits that is late', () => {
    expect(marks(60, 90)).toEqual([
      ['held', 310_000],
      ['behind', 340_000],
    ]);
    expect(marks(4, null)).toEqual([]);
  });

  test('stand only where they lie in the window', () => {
    expect(marks(301, 90)).toEqual([['held', 310_000]]);
  });
});
