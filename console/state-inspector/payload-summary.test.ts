import { expect, test } from 'vitest';
import { summarizePayload } from './payload-summary.ts';

test('says why rather than which fields', () => {
  expect(summarizePayload({ path: 'x.js', commit: '99', message: 'Fix crash\n\nCloses #1' })).toBe('Fix crash');
  expect(summarizePayload({ lines: [], reason: 'wrong size' })).toBe('wrong size');
  expect(summarizePayload({ quantity: 40 })).toBe('quantity 40');
});

test('else names the fields', () => {
  expect(summarizePayload({ customerId: 'c', lines: [], total: {} })).toBe('customerId, lines, total');
  expect(summarizePayload({ a: [], b: [], c: [], d: [], e: [], f: [] })).toBe('a, b, c, d + 2');
  expect(summarizePayload({})).toBe('no data');
});
