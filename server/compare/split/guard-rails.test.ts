import { describe, expect, test } from 'vitest';
import { brokenRail } from './guard-rails.ts';
import { BINS, binOf, quantileOf } from './histogram.ts';
import type { Window } from './split-log.ts';
import { splitReport } from './split-report.ts';

const rails = { errorRateMax: 0.01, latencyRatioMax: 2, lagSecondsMax: 30 };

function window(side: 'a' | 'b', { second = 0, reads = 100, errors = 0, ms = 5 } = {}): Window {
  const histogram = new Array<number>(BINS).fill(0);
  histogram[binOf(ms)] = reads - errors;
  const at = new Date(Date.UTC(2026, 9, 1, 0, 0, second)).toISOString();
  return { at, side, reads, errors, logSum: (reads - errors) * Math.log(ms), histogram };
}

describe('guard rails', () => {
  test('break at failures, at latency and at lag, and not at what was hardly seen', () => {
    expect(brokenRail([window('a'), window('b')], 0, rails)).toBeNull();
    expect(brokenRail([window('a'), window('b', { errors: 3 })], 0, rails)).toBe(
      '3 of 100 reads of version b failed in a minute',
    );
    expect(brokenRail([window('a'), window('b', { reads: 10, errors: 2 })], 0, rails)).toBeNull();
    expect(brokenRail([window('a'), window('b', { ms: 20 })], 0, rails)).toContain('p95 of version b is');
    expect(brokenRail([window('a', { reads: 20 }), window('b', { ms: 20 })], 0, rails)).toBeNull();
    expect(brokenRail([window('a', { ms: 0.4 }), window('b', { ms: 0.9 })], 0, rails)).toBeNull();
    expect(brokenRail([], 31, rails)).toBe('version b is 31.0 s behind');
  });

  test('a quantile is within the 20 % of its bin', () => {
    for (const ms of [0.01, 0.3, 7, 480]) {
      const histogram = window('a', { ms }).histogram;
      expect(quantileOf(histogram, 0.5) / Math.max(ms, 0.05)).toBeGreaterThanOrEqual(0.999);
      expect(quantileOf(histogram, 0.5) / Math.max(ms, 0.05)).toBeLessThan(1.21);
    }
  });
});

describe('the report of a split', () => {
  const terms = { percent: 10, since: null, stoppedBy: null, matters: 0.05 };

  test('says nothing before 50 seconds, then what the seconds in which both answered say', () => {
    const seconds = (count: number) =>
      Array.from({ length: count }, (_, second) => [
        window('a', { second, ms: 5 + (second % 3) }),
        window('b', { second, ms: (5 + (second % 3)) * (1.2 + 0.01 * (second % 2)) }),
      ]).flat();
    expect(splitReport(seconds(49), terms)).toMatchObject({ outcome: 'not_enough_data', course: [] });
    expect(splitReport(seconds(120), terms)).toMatchObject({
      outcome: 'a_better',
      sentence: expect.stringContaining('slower'),
    });
    expect(splitReport([], { ...terms, stoppedBy: 'it was slow' }).sentence).toBe(
      'The split stopped by itself: it was slow.',
    );
  });
});
