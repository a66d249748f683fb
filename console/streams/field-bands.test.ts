import { describe, expect, test } from 'vitest';
import {
  bandsOf,
  bandWord,
  describeBands,
  drawnBands,
  stepPath,
  valueAtVersion,
  versionOfField,
  xOfField,
} from './field-bands.ts';

describe('fields over time', () => {
  test('equal neighbours are one band, which reaches to where the next begins', () => {
    expect(bandsOf([1, 2, 3, 4], ['placed', 'placed', 'shipped', null], 9)).toEqual([
      { from: 1, to: 3, value: 'placed' },
      { from: 3, to: 4, value: 'shipped' },
      { from: 4, to: 10, value: null },
    ]);
  });

  test('of bands that are narrower than the eye parts one stands for each two pixels, a wide one always', () => {
    const bands = bandsOf([1, 2, 3, 4, 5], ['a', 'b', 'c', 'd', 'e'], 99);
    expect(drawnBands(bands, (version) => version * 0.9).map(({ value }) => value)).toEqual(['a', 'd', 'e']);
    expect(drawnBands(bands, (version) => version * 3)).toEqual(bands);
  });

  test('a number is drawn in steps, and a gap where it is not there', () => {
    expect(stepPath([1, 2, 3, 4], [0, 10, null, 10], (version) => version * 10, { width: 50, height: 24 })).toBe(
      'M10.0 22.0H20.0V2.0M40.0 2.0H50',
    );
  });

  test('a number that never changes stands in the middle', () => {
    expect(stepPath([1, 2], [5, 5], (version) => version, { width: 3, height: 24 })).toBe('M1.0 12.0H2.0V12.0H3');
  });

  test('every version has a stretch, and a point in it is that version', () => {
    for (let version = 1; version <= 5; version += 1) {
      expect(versionOfField(xOfField(version, 5, 300) + 30, 5, 300)).toBe(version);
    }
    expect([versionOfField(-5, 5, 300), versionOfField(999, 5, 300)]).toEqual([1, 5]);
  });

  test('a version between two samples says what the one before it said', () => {
    expect(valueAtVersion([1, 10, 20], ['a', 'b', 'c'], 19)).toBe('b');
    expect(valueAtVersion([5], ['a'], 4)).toBeNull();
  });

  test('a band has its text where it fits, the beginning of a long one where it is wide, and no scraps', () => {
    const commit = '8a4293ab547aa84d7bee';
    expect([bandWord('ok', 25), bandWord('ok', 20)]).toEqual(['ok', '']);
    expect([bandWord(commit, 60), bandWord(commit, 40), bandWord(null, 12)]).toEqual([commit, '', '']);
  });

  test('whoever hears the row hears what it was, from which version on, and how much more there is', () => {
    const bands = bandsOf([1, 2, 3, 4, 5, 6, 7, 8], ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'], 8);
    expect(describeBands('x', bands)).toMatch(/^x: a from version 1, b from version 2.*, and 2 more changes$/);
  });
});
