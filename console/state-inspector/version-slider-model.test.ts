import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  barEnds,
  neighbours,
  sliderMarks,
  stepVersion,
  type VersionEvent,
  versionAtX,
  xOfVersion,
} from './version-slider-model.ts';

const events = (count: number, everySeconds = 60): VersionEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    streamVersion: index + 1,
    eventType: index === 0 ? 'OrderPlaced' : 'OrderReturned',
    occurredAt: new Date(index * everySeconds * 1000).toISOString(),
  }));

describe('versions on the rail', () => {
  test('a version reads back from its own place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (a, b) => {
        const [version, last] = a <= b ? [a, b] : [b, a];
        expect(versionAtX(xOfVersion(version, last, 1200), last, 1200)).toBe(version);
      }),
    );
  });

  test('a pointer past either end gives the first or the last', () => {
    expect([versionAtX(-50, 12, 600), versionAtX(900, 12, 600)]).toEqual([1, 12]);
  });

  test('a step stays within the stream', () => {
    expect([stepVersion(1, -1, 12), stepVersion(12, 1, 12), stepVersion(5, 1, 12)]).toEqual([1, 12, 6]);
  });
});

describe('sliderMarks', () => {
  test('gives each version its glyph and label while there is room', () => {
    const marks = sliderMarks(12, events(12), 1200);
    expect(marks.kind).toBe('glyphs');
    if (marks.kind !== 'glyphs') return;
    expect(marks.marks.map((mark) => mark.version)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(marks.marks.every((mark) => mark.label)).toBe(true);
    expect(marks.marks[0]?.eventType).toBe('OrderPlaced');
  });

  test('keeps labels apart where glyphs are many', () => {
    const marks = sliderMarks(60, events(60), 1200);
    const labelled = marks.kind === 'glyphs' ? marks.marks.filter((mark) => mark.label) : [];
    const gaps = labelled.slice(1).map((mark, index) => mark.x - (labelled[index]?.x ?? 0));
    expect(labelled.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThan(24);
  });

  test('past 200 versions draws bars that meet, from the first version to the last', () => {
    const marks = sliderMarks(991, [], 1200);
    expect(marks.kind).toBe('bars');
    if (marks.kind !== 'bars') return;
    expect(marks.bars[0]?.from).toBe(1);
    expect(marks.bars.at(-1)?.to).toBe(991);
    expect(marks.bars.slice(1).map((bar) => bar.from)).toEqual(marks.bars.slice(0, -1).map((bar) => bar.to));
  });

  test('a bar is higher where events came faster, from the times of its ends alone', () => {
    const at = (version: number) => (version <= 500 ? version * 60_000 : 500 * 60_000 + (version - 500) * 1000);
    const probes = barEnds(1000).map((version) => ({
      streamVersion: version,
      eventType: 'T',
      occurredAt: new Date(at(version)).toISOString(),
    }));
    const marks = sliderMarks(1000, probes, 600);
    const heights = marks.kind === 'bars' ? marks.bars.map((bar) => bar.height ?? 0) : [];
    expect(probes.length).toBeLessThanOrEqual(61);
    expect(heights[5]).toBeLessThan(heights[55] ?? 0);
  });

  test('a stretch whose ends are not known has no height', () => {
    const marks = sliderMarks(1000, [], 600);
    expect(marks.kind === 'bars' && marks.bars.every((bar) => bar.height === null)).toBe(true);
  });
});

describe('neighbours', () => {
  test('are nearest first and inside the stream', () => {
    expect(neighbours(5, 12, 0, 2)).toEqual([6, 4, 7, 3]);
    expect(neighbours(1, 3, 0, 4)).toEqual([2, 3]);
  });

  test('reach further in the direction of travel', () => {
    expect(neighbours(50, 100, 1, 5)).toEqual([51, 49, 52, 48, 53, 54, 55]);
  });
});
