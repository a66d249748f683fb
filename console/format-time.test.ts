import { describe, expect, test } from 'vitest';
import { formatAgo, formatClock, formatDate, formatOffset, formatTime, isZone, zoneCity } from './format-time.ts';

const AT = '2026-11-02T08:01:58.204Z';
const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('times', () => {
  test('are h23 in the zone that was chosen, midnight included', () => {
    expect(formatClock(AT, 'Europe/Berlin')).toBe('09:01:58');
    expect(formatClock('2026-11-02T00:00:00Z', 'UTC')).toBe('00:00:00');
    expect(formatClock(AT, 'UTC', { millis: true })).toBe('08:01:58.204');
  });

  test('the date stands first when it is not today in that zone', () => {
    expect(formatTime(AT, 'Europe/Berlin', { now: NOW })).toBe('02 Nov 2026, 09:01:58');
    expect(formatTime('2026-11-24T09:00:00Z', 'UTC', { now: NOW })).toBe('09:00:00');
    expect(formatTime('2026-11-23T23:30:00Z', 'Europe/Berlin', { now: NOW })).toBe('00:30:00');
    expect(formatTime('2026-11-24T09:00:00Z', 'UTC', { now: NOW, date: 'always' })).toBe('24 Nov 2026, 09:00:00');
  });

  test('September is three letters like the others', () => {
    expect(formatDate('2026-09-09T12:00:00Z', 'UTC')).toBe('09 Sep 2026');
  });

  test('the offset is that of the day, not of now', () => {
    expect(formatOffset('2026-07-01T00:00:00Z', 'Europe/Berlin')).toBe('+02:00');
    expect(formatOffset('2026-12-01T00:00:00Z', 'Europe/Berlin')).toBe('+01:00');
    expect(formatOffset(NOW, 'UTC')).toBe('+00:00');
    expect(formatOffset(NOW, 'Asia/Kathmandu')).toBe('+05:45');
  });

  test('relative times name one unit', () => {
    expect(
      [NOW - 200, NOW - 4000, NOW - 440_000, NOW - 68_700_000, NOW + 9000].map((at) => formatAgo(at, NOW)),
    ).toEqual(['just now', '4 s ago', '7 min ago', '19 h ago', 'in 9 s']);
  });

  test('what is no time is shown as it came', () => {
    expect(formatTime('yesterday-ish', 'UTC')).toBe('yesterday-ish');
  });

  test('zones', () => {
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Mars/Olympus')).toBe(false);
    expect(zoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  });
});
