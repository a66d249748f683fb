import { expect, test } from 'vitest';
import { operatorWords } from './operator-words.ts';

test('an act is told with its version, parked events with their number, and what nobody did not at all', () => {
  expect(operatorWords('ProjectionPromoted', { version: 2 }, 'orders')).toBe('promoted orders v2');
  expect(operatorWords('ParkedEventsSkipped', { version: 1, count: 1200 }, 'search')).toBe('skipped 1,200 in search');
  expect(operatorWords('ProjectionAlertRaised', { seconds: 12 }, 'orders')).toBeNull();
});
