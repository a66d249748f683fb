import { expect, test } from 'vitest';
import type { ParkedGroup } from '#server/projections/operations.ts';
import { progressOf, retrySentence } from './retry-progress.ts';

const AT = Date.parse('2026-11-26T10:00:00Z');
const retry = { fingerprint: 'a1b2c3d4e5f6', requested: 10, before: 12, askedAt: AT };

const group = (part: Partial<ParkedGroup>): ParkedGroup => ({
  fingerprint: 'a1b2c3d4e5f6',
  projection: 'orders',
  version: 1,
  message: 'no total',
  events: 12,
  streams: 12,
  waiting: 0,
  eventTypes: ['OrderPlaced'],
  firstAt: '2026-11-26T09:00:00Z',
  lastAt: '2026-11-26T09:00:00Z',
  attemptsMax: 1,
  nextRetryAt: '2026-11-26T09:59:59Z',
  ...part,
});

test('what is no longer parked was handled, and the rest is to go while it is due', () => {
  const progress = progressOf(retry, group({ events: 8 }), AT + 200);
  expect(progress).toEqual({ handled: 4, failed: 0, left: 6, ended: false });
  expect(retrySentence(progress, 10)).toBe('4 of 10 handled, 6 to go');
});

test('what is tried again only later has failed again', () => {
  const progress = progressOf(retry, group({ events: 9, nextRetryAt: '2026-11-26T10:05:00Z' }), AT + 2000);
  expect(progress).toEqual({ handled: 3, failed: 7, left: 0, ended: true });
  expect(retrySentence(progress, 10)).toBe('3 of 10 handled, 7 failed again');
});

test('a group that is gone was handled wholly', () => {
  expect(progressOf({ ...retry, requested: 12 }, undefined, AT + 100)).toMatchObject({ handled: 12, ended: true });
});

test('a retry that no worker has begun is not over', () => {
  const later = group({ nextRetryAt: '2026-11-26T10:05:00Z' });
  expect(progressOf(retry, later, AT + 100).ended).toBe(false);
  expect(progressOf(retry, group({}), AT + 60_000)).toMatchObject({ handled: 0, left: 10, ended: false });
});
