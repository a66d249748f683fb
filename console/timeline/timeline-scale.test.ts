import { describe, expect, test } from 'vitest';
import { type OffsetAt, timelineScale, timelineTicks } from './timeline-scale.ts';

const utc: OffsetAt = () => 0;
const at = (text: string) => Date.parse(text);

describe('timelineScale', () => {
  test('takes instants to pixels and back', () => {
    const scale = timelineScale({ from: 0, to: 1000 }, 200);
    expect(scale.x(500)).toBe(100);
    expect(scale.instant(50)).toBe(250);
  });

  test('keeps instants of a pointer that left the strip inside the window', () => {
    const scale = timelineScale({ from: 0, to: 1000 }, 200);
    expect([scale.instant(-40), scale.instant(400)]).toEqual([0, 1000]);
  });

  test('a window without length still has finite pixels', () => {
    expect(timelineScale({ from: 5, to: 5 }, 100).x(5)).toBe(0);
  });
});

describe('timelineTicks', () => {
  const ticks = (from: string, to: string, offset = utc) =>
    timelineTicks(timelineScale({ from: at(from), to: at(to) }, 800), offset);

  test('labels an hour by minutes', () => {
    const labels = ticks('2026-11-23T13:32:00Z', '2026-11-23T14:32:00Z').map((tick) => tick.label);
    expect(labels).toContain('13:40');
    expect(labels.every((label) => /^\d\d:\d\d$/.test(label))).toBe(true);
  });

  test('labels seventeen years by years', () => {
    const labels = ticks('2009-06-26T00:00:00Z', '2026-07-28T00:00:00Z').map((tick) => tick.label);
    expect(labels).toContain('2012');
    expect(labels.every((label) => /^\d{4}$/.test(label))).toBe(true);
  });

  test('says the day at midnight', () => {
    const labels = ticks('2026-11-22T18:00:00Z', '2026-11-23T06:00:00Z').map((tick) => tick.label);
    expect(labels).toContain('23 Nov');
    expect(labels).toContain('03:00');
  });

  test('labels some seconds by seconds', () => {
    const labels = ticks('2026-11-23T14:00:00Z', '2026-11-23T14:00:20Z').map((tick) => tick.label);
    expect(labels).toContain('14:00:05');
  });

  test('stands on midnights of the zone, on both sides of a change of the clocks', () => {
    const change = at('2026-10-25T01:00:00Z');
    const berlin = (instant: number) => (instant < change ? 120 : 60);
    const days = ticks('2026-10-23T00:00:00Z', '2026-10-28T00:00:00Z', berlin).filter((tick) => /Oct/.test(tick.label));
    const labelled = Object.fromEntries(days.map((tick) => [tick.label, new Date(tick.at).toISOString()]));
    expect(labelled['24 Oct']).toBe('2026-10-23T22:00:00.000Z');
    expect(labelled['27 Oct']).toBe('2026-10-26T23:00:00.000Z');
  });

  test('stands inside the window, from left to right', () => {
    const all = ticks('2026-11-23T13:32:00Z', '2026-11-23T14:32:00Z');
    expect(all.length).toBeGreaterThan(2);
    expect(all.every((tick) => tick.x >= 0 && tick.x <= 800)).toBe(true);
    expect(all.map((tick) => tick.x)).toEqual(all.map((tick) => tick.x).toSorted((a, b) => a - b));
  });
});
