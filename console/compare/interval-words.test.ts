import { describe, expect, test } from 'vitest';
import { formatTimeIn } from './experiment-words.ts';
import { changeInWords, formatPercent, intervalInWords } from './interval-words.ts';

describe('a change in words', () => {
  test('says how much, and within which bounds', () => {
    expect(changeInWords({ low: -0.6, estimate: -0.56, high: -0.52 })).toBe('56 % less (52 % to 60 %)');
    expect(changeInWords({ low: 0.021, estimate: 0.04, high: 0.062 }, 'faster', 'slower')).toBe(
      '4.0 % slower (2.1 % to 6.2 %)',
    );
  });

  test('takes no side where the interval holds zero', () => {
    expect(changeInWords({ low: -0.012, estimate: 0.01, high: 0.034 })).toBe('1.2 % less to 3.4 % more');
    expect(changeInWords({ low: 0, estimate: 0, high: 0 })).toBe('no change');
  });
});

test('a figure carries its unit once at the end of the interval', () => {
  const ms = (value: number) => formatTimeIn(value, 'ms');
  expect(intervalInWords({ low: 9.4, estimate: 9.7, high: 10.1 }, ms)).toBe('9.7 ms (9.4 to 10.1 ms)');
});

test.each([
  [0.0042, '0.4 %'],
  [-0.56, '56 %'],
  [3.4, '340 %'],
])('%d is %s', (share, text) => expect(formatPercent(share)).toBe(text));

test.each([
  [0, '0 ms'],
  [0.0421, '0.042 ms'],
  [0.421, '0.42 ms'],
  [9.71, '9.7 ms'],
  [1284, '1,284 ms'],
])('%d ms is written as %s', (value, text) => expect(formatTimeIn(value, 'ms')).toBe(text));
