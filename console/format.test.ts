import { describe, expect, test } from 'vitest';
import {
  formatBound,
  formatBytes,
  formatCount,
  formatMs,
  formatNumberOf,
  formatRate,
  formatSeconds,
  formatShare,
  shortenId,
} from './format.ts';

describe('figures', () => {
  test('positions past 2^53 keep every digit', () => {
    expect(formatCount('9007199254740993')).toBe('9,007,199,254,740,993');
    expect(formatCount(4812097)).toBe('4,812,097');
    expect(formatCount(0)).toBe('0');
  });

  test('a rate shows the unwelcome zero, and never hides what is small', () => {
    expect([0, 0.01, 0.44, 62.41, 1240.4].map(formatRate)).toEqual(['0', '< 0.1', '0.4', '62.4', '1,240']);
  });

  test('milliseconds carry their unit', () => {
    expect([0, 0.02, 6.44, 99.96, 1000, null].map(formatMs)).toEqual([
      '0.0 ms',
      '< 0.1 ms',
      '6.4 ms',
      '100 ms',
      '1,000 ms',
      'none',
    ]);
  });

  test('a bound that somebody set has no decimal that nobody set', () => {
    expect([5, 0.5, 5.5, 30, 90].map(formatBound)).toEqual(['5 s', '0.5 s', '5.5 s', '30 s', '1 min 30 s']);
  });

  test('a length of time has at most two units', () => {
    expect([0, 0.004, 0.31, 9.96, 42, 59.6, 473, 68_700, 266_400].map(formatSeconds)).toEqual([
      '0 s',
      '< 0.1 s',
      '0.3 s',
      '10 s',
      '42 s',
      '1 min 0 s',
      '7 min 53 s',
      '19 h 5 min',
      '3 d 2 h',
    ]);
  });

  test('a share is 100 % only when nothing is missing', () => {
    expect(formatShare(1)).toBe('100 %');
    expect(formatShare(0.999_999_9)).toBe('99.99 %');
    expect(formatShare(0.000_000_1)).toBe('0.01 %');
    expect(formatShare(0)).toBe('0 %');
  });

  test('bytes, nouns and long ids', () => {
    expect([812, 64_000, 1_234_567].map(formatBytes)).toEqual(['812 B', '64.0 kB', '1.2 MB']);
    expect([formatNumberOf(1, 'event'), formatNumberOf(2300, 'event')]).toEqual(['1 event', '2,300 events']);
    expect(shortenId('0c9e77d1-7f3a-7d22-8e11-3f0a9c6b2241')).toBe('0c9e77d1…41');
    expect(shortenId('order-7f3')).toBe('order-7f3');
  });
});
