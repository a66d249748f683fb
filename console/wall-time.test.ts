import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTime } from './format-time.ts';
import { parseWallTime, zoneOffsetMinutes } from './wall-time.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const read = (text: string, zone = 'Europe/Berlin') => {
  const instant = parseWallTime(text, zone, now);
  return instant === null ? null : new Date(instant).toISOString();
};

describe('parseWallTime', () => {
  test.each([
    ['02 Nov 2026, 09:01:58', '2026-11-02T08:01:58.000Z'],
    ['2 november 2026 09:01', '2026-11-02T08:01:00.000Z'],
    ['2026-11-02 09:01:58.204', '2026-11-02T08:01:58.204Z'],
    ['2026-07-02T09:01', '2026-07-02T07:01:00.000Z'],
    ['2026-11-02T09:01:58Z', '2026-11-02T09:01:58.000Z'],
    ['2026-11-02 09:01:58 -05:00', '2026-11-02T14:01:58.000Z'],
    ['2026-11-02', '2026-11-01T23:00:00.000Z'],
    ['14:30', '2026-11-24T13:30:00.000Z'],
  ])('reads %s in Berlin', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each(['', 'yesterday', '31 Feb 2026', '2026-13-01', '2026-01-01 25:00', '10 Xyz 2026', '2026-11-02 9', '1'])(
    'refuses %j',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  test('reads back what the console writes, in any zone', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        zones,
        (date, zone) => {
          const written = formatTime(date, zone, { date: 'always', millis: true });
          const instant = parseWallTime(written, zone, now) ?? 0;
          // In the hour that clocks repeat, one text means two instants.
          expect(formatTime(instant, zone, { date: 'always', millis: true })).toBe(written);
        },
      ),
    );
  });
});

describe('zoneOffsetMinutes', () => {
  test('knows summer and winter, and half hours', () => {
    expect(zoneOffsetMinutes(Date.parse('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe(120);
    expect(zoneOffsetMinutes(now, 'Europe/Berlin')).toBe(60);
    expect(zoneOffsetMinutes(now, 'Asia/Kolkata')).toBe(330);
    expect(zoneOffsetMinutes(now, 'America/New_York')).toBe(-300);
  });
});
