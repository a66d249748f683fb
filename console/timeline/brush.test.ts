import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brushFromDrag, halfOf, moveBrush, resizeBrush, twiceOf, zoomAround, zoomOut } from './brush.ts';
import { timelineScale } from './timeline-scale.ts';

const window = { from: 0, to: 60_000 };
const scale = timelineScale(window, 600);

describe('brushFromDrag', () => {
  test('covers the buckets that the drag touched, in either direction', () => {
    expect(brushFromDrag(scale, 105, 195, 1000)).toEqual({ from: 10_000, to: 20_000 });
    expect(brushFromDrag(scale, 195, 105, 1000)).toEqual({ from: 10_000, to: 20_000 });
  });

  test('is never empty and never outside the window', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -900, max: 1500, noNaN: true }),
        fc.double({ min: -900, max: 1500, noNaN: true }),
        (a, b) => {
          const brush = brushFromDrag(scale, a, b, 1000);
          return brush.to - brush.from >= 1000 && brush.from >= window.from && brush.to <= window.to + 1000;
        },
      ),
    );
  });
});

describe('halfOf', () => {
  const bar = (from: number, total: number) => ({ from, to: from + 1000, total, parts: [] });

  test('stands round where the events are, inside the stretch', () => {
    expect(halfOf(window, [bar(0, 1), bar(58_000, 90), bar(59_000, 9)])).toEqual({ from: 30_000, to: 60_000 });
    expect(halfOf(window, [bar(20_000, 5)])).toEqual({ from: 5500, to: 35_500 });
    expect(halfOf({ from: 40_000, to: 60_000 }, [bar(0, 500)])).toEqual({ from: 45_000, to: 55_000 });
    expect(halfOf(window, [bar(5000, 0)])).toEqual({ from: 15_000, to: 45_000 });
  });

  test('of a stretch narrower than a bar stands in what the two have in common', () => {
    expect(halfOf({ from: 5900, to: 6100 }, [bar(5000, 9), bar(6000, 1)])).toEqual({ from: 5900, to: 6000 });
  });

  test('stands round the instant that is given, wherever the events are', () => {
    expect(halfOf(window, [bar(58_000, 90)], 20_000)).toEqual({ from: 5000, to: 35_000 });
    expect(halfOf(window, [bar(58_000, 90)], 1000)).toEqual({ from: 0, to: 30_000 });
  });
});

describe('moveBrush', () => {
  test('keeps its length at an edge of the window', () => {
    expect(moveBrush({ from: 50_000, to: 58_000 }, 10_000, window)).toEqual({ from: 52_000, to: 60_000 });
    expect(moveBrush({ from: 3000, to: 8000 }, -10_000, window)).toEqual({ from: 0, to: 5000 });
  });
});

describe('twiceOf', () => {
  test('stands round the same middle, and ends at the bounds', () => {
    expect(twiceOf({ from: 20_000, to: 30_000 }, window)).toEqual({ from: 15_000, to: 35_000 });
    expect(twiceOf({ from: 50_000, to: 60_000 }, window)).toEqual({ from: 40_000, to: 60_000 });
    expect(twiceOf({ from: 10_000, to: 50_000 }, window)).toEqual(window);
  });
});

describe('resizeBrush', () => {
  test('an edge stops one bucket before the other', () => {
    expect(resizeBrush({ from: 10_000, to: 20_000 }, 'from', 30_000, window, 1000)).toEqual({
      from: 19_000,
      to: 20_000,
    });
    expect(resizeBrush({ from: 10_000, to: 20_000 }, 'to', -30_000, window, 1000)).toEqual({
      from: 10_000,
      to: 11_000,
    });
  });

  test('an edge stops at the window', () => {
    expect(resizeBrush({ from: 10_000, to: 20_000 }, 'to', 90_000, window, 1000)).toEqual({ from: 10_000, to: 60_000 });
  });
});

describe('zooming', () => {
  test('in leaves context on both sides, out ends at the bounds', () => {
    const near = zoomAround({ from: 20_000, to: 30_000 }, window);
    expect(near).toEqual({ from: 15_000, to: 35_000 });
    expect(zoomOut(near, window)).toEqual({ from: 0, to: 55_000 });
    expect(zoomOut(zoomOut(near, window), window)).toEqual(window);
  });
});
