import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DENSITY_LEVELS, WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import { bucketWidth, levelOf, timePieces } from './time-pieces.ts';

const YEAR_MS = 365 * 86_400_000;

describe('time pieces', () => {
  test('cover a range to the second, without gap or overlap, each on its own grid', () => {
    assert(
      property(integer({ min: -YEAR_MS, max: YEAR_MS }), integer({ min: 1, max: YEAR_MS }), (from, length) => {
        const pieces = timePieces(from, from + length);
        expect(pieces[0]?.from).toBe(Math.floor(from / 1000) * 1000);
        expect(pieces.at(-1)?.to).toBe(Math.ceil((from + length) / 1000) * 1000);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.from % (piece.bucketSeconds * 1000)).toBeCloseTo(0);
          expect(piece.to).toBeGreaterThan(piece.from);
          if (index > 0) expect(piece.from).toBe(pieces[index - 1]?.to);
        }
      }),
    );
  });

  test('use at most 59 buckets of a width at each end, however long the range is', () => {
    const pieces = timePieces(1, 10 * YEAR_MS - 1);
    const narrow = pieces.filter(({ bucketSeconds }) => bucketSeconds !== WIDEST_LEVEL);
    for (const { from, to, bucketSeconds } of narrow) expect((to - from) / 1000 / bucketSeconds).toBeLessThan(60);
    expect(narrow.length).toBeLessThanOrEqual(2 * (DENSITY_LEVELS.length - 1));
  });

  test('an empty range has none', () => {
    expect(timePieces(5000, 5000)).toEqual([]);
  });
});

describe('the width of a bucket', () => {
  test('keeps any range within the number of buckets asked for', () => {
    assert(
      property(
        integer({ min: 0, max: YEAR_MS }),
        integer({ min: 1, max: 30 * YEAR_MS }),
        integer({ min: 10, max: 500 }),
        (from, length, bucketsMax) => {
          const width = bucketWidth(from, from + length, bucketsMax) * 1000;
          expect(Math.ceil((from + length) / width) - Math.floor(from / width)).toBeLessThanOrEqual(bucketsMax);
        },
      ),
    );
  });

  test('is an even number that people read: an hour in a minute each, a day in half hours', () => {
    expect(bucketWidth(0, 3_600_000, 60)).toBe(60);
    expect(bucketWidth(0, 86_400_000, 60)).toBe(1800);
  });

  test('is filled by the widest level that fits into it', () => {
    expect([7, 120, 1800, 10_800, 43_200, 604_800].map(levelOf)).toEqual([1, 60, 600, 3600, 21_600, 86_400]);
  });
});
