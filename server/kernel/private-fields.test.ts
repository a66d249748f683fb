import { expect, test } from 'vitest';
import { passesThrough } from './private-fields.ts';

const names = new Set(['trackingNumber', 'größe', 'part no']);

test.each([
  '/trackingNumber',
  'data.trackingNumber = "1"',
  'not exists(lines[0].trackingNumber)',
  'data["tracking\\u004eumber"] = "1"',
  'data.größe > 3',
  'lines[*]["part no"]',
  '/lines/0/part no',
])('%s passes through a masked name', (text) => {
  expect(passesThrough(text, names)).toBe(true);
});

test.each(['/status', 'trackingNumbers', 'tracking.Number', ''])('%s passes through none', (text) => {
  expect(passesThrough(text, names)).toBe(false);
});
