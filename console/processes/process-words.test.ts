import { expect, test } from 'vitest';
import { overdue, standOf, stepWords } from './process-words.ts';

test('an event of a process is told as a step, without the name of the manager', () => {
  expect(stepWords('FulfilmentStockReserved', 'fulfilment')).toBe('stock reserved');
  expect(stepWords('OrderPlaced', 'fulfilment')).toBe('order placed');
});

test('a process that was broken off has no mark of one that runs', () => {
  expect(standOf('FulfilmentBroken', 'fulfilment')).toEqual({
    kind: 'stopped',
    words: 'broken off, what it did is undone',
  });
  expect(standOf('FulfilmentFailed', 'fulfilment').kind).toBe('held');
  expect(standOf('FulfilmentStockReserved', 'fulfilment')).toEqual({ kind: 'running', words: 'stock reserved' });
  expect(standOf(null, 'fulfilment').words).toBe('no step yet');
});

test('a timer is overdue once its time has passed', () => {
  const now = Date.parse('2026-11-26T10:00:00Z');
  expect(overdue({ timers: [{ name: 'payment', dueAt: '2026-11-26T10:00:01Z' }] }, now)).toBe(false);
  expect(overdue({ timers: [{ name: 'payment', dueAt: '2026-11-26T09:59:59Z' }] }, now)).toBe(true);
  expect(overdue({ timers: [] }, now)).toBe(false);
});
