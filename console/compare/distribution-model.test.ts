import { describe, expect, test } from 'vitest';
import { distributionChart, evenTicks, logTicks } from './distribution-model.ts';
import { distributionOf } from './report-fixtures.ts';

const names = { a: 'v1', b: 'v2' };

describe('two distributions on one axis', () => {
  const chart = distributionChart(distributionOf(5, 0.6), distributionOf(3, 0.4, 'ms', 200), names);

  test('have equal areas whatever their samples, because each shows shares', () => {
    const area = (side: 'a' | 'b') =>
      chart.steps.slice(0, -1).reduce((sum, step, index) => {
        const next = chart.steps[index + 1]?.x ?? step.x;
        return sum + step[side] * Math.log2(next / step.x);
      }, 0);
    expect(area('a')).toBeCloseTo(1, 1);
    expect(area('b')).toBeCloseTo(1, 1);
  });

  test('end at zero, so that no line runs on past the last bin', () => {
    expect(chart.steps.at(-1)).toMatchObject({ a: 0 });
    expect(chart.steps.every(({ x }) => x >= chart.from && x <= chart.to)).toBe(true);
  });

  test('name p50 and p99 of both, in lines that do not cover each other', () => {
    expect(chart.marks.map(({ label }) => label)).toEqual([
      'v2 p50 3.0 ms',
      'v1 p50 5.0 ms',
      'v2 p99 7.6 ms',
      'v1 p99 20.2 ms',
    ]);
    const [one, two] = distributionChart(distributionOf(5, 0.6), distributionOf(5.1, 0.6), names).marks;
    expect(one?.row).not.toBe(two?.row);
  });

  test('turn a label to the left where it would leave the chart', () => {
    expect(chart.marks.at(-1)?.left).toBe(true);
  });

  test('no dash crosses the name of another: each begins beside its own', () => {
    const near = distributionChart(distributionOf(5, 0.6), distributionOf(5.1, 0.6), names).marks;
    const [p50, laterP50, p99, laterP99] = near;
    // Right of their dashes the later one is lower, left of them the earlier one.
    expect([p50?.left, laterP50?.left, p99?.left, laterP99?.left]).toEqual([false, false, true, true]);
    expect((laterP50?.row ?? 0) > (p50?.row ?? 0)).toBe(true);
    expect((p99?.row ?? 0) > (laterP99?.row ?? 0)).toBe(true);
  });
});

test.each([
  [1.3, 47, [2, 5, 10, 20]],
  [0.04, 900, [0.1, 1, 10, 100]],
])('ticks from %d to %d are few and round', (from, to, ticks) => expect(logTicks(from, to)).toEqual(ticks));

test('the ticks of a linear axis are equally far apart', () => {
  expect(evenTicks(-0.5, 0.2, { most: 5 })).toEqual([-0.4, -0.2, 0, 0.2]);
  expect(evenTicks(50, 100)).toEqual([50, 60, 70, 80, 90, 100]);
  expect(evenTicks(50, 137)).toEqual([60, 80, 100, 120]);
  expect(evenTicks(1, 4, { least: 1 })).toEqual([1, 2, 3, 4]);
});
