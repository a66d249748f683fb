import type { Bar, TimeWindow } from './timeline-model.ts';
import type { TimelineScale } from './timeline-scale.ts';

export type BrushEdge = 'from' | 'to';

/** A drag shorter than this many pixels is a click. */
export const DRAG_MIN_PX = 4;

/** The stretch between two points of a drag, on whole buckets, inside the scale's window. */
export function brushFromDrag(scale: TimelineScale, startX: number, endX: number, bucketMs: number): TimeWindow {
  const [left, right] = startX <= endX ? [startX, endX] : [endX, startX];
  return withLength(
    { from: floorTo(scale.instant(left), bucketMs), to: ceilTo(scale.instant(right), bucketMs) },
    scale.window,
    bucketMs,
  );
}

/** Moves a brush as it is by `deltaMs`; at an edge of the window it stops and keeps its length. */
export function moveBrush(brush: TimeWindow, deltaMs: number, window: TimeWindow): TimeWindow {
  const length = Math.min(brush.to - brush.from, window.to - window.from);
  const from = Math.min(Math.max(brush.from + deltaMs, window.from), window.to - length);
  return { from, to: from + length };
}

/** Moves one edge by `deltaMs`; it keeps a bucket's distance from the other and never leaves the window. */
export function resizeBrush(
  brush: TimeWindow,
  edge: BrushEdge,
  deltaMs: number,
  window: TimeWindow,
  bucketMs: number,
): TimeWindow {
  if (edge === 'from') {
    const from = Math.min(Math.max(brush.from + deltaMs, window.from), brush.to - bucketMs);
    return { from, to: brush.to };
  }
  const to = Math.max(Math.min(brush.to + deltaMs, window.to), brush.from + bucketMs);
  return { from: brush.from, to };
}

/** Half as much again of context on both sides of a brush, within the bounds: what zooming to it shows. */
export function zoomAround(brush: TimeWindow, bounds: TimeWindow): TimeWindow {
  const margin = (brush.to - brush.from) / 2;
  return { from: Math.max(bounds.from, brush.from - margin), to: Math.min(bounds.to, brush.to + margin) };
}

/**
 * Half of a stretch, round `at`, which stands in it; without that round the instant at which half of its events had
 * occurred, and round its middle where it has none.
 */
export function halfOf(stretch: TimeWindow, bars: readonly Bar[], at: number | null = null): TimeWindow {
  const length = (stretch.to - stretch.from) / 2;
  const middle = at ?? medianOf(stretch, bars) ?? stretch.from + length;
  return moveBrush({ from: 0, to: length }, middle - length / 2, stretch);
}

/** The middle of what lies in the stretch of the bar that has its median. */
function medianOf(stretch: TimeWindow, bars: readonly Bar[]): number | null {
  const inside = bars.filter((bar) => bar.from < stretch.to && bar.to > stretch.from);
  const total = inside.reduce((sum, bar) => sum + bar.total, 0);
  let counted = 0;
  const median = inside.find((bar) => {
    counted += bar.total;
    return counted * 2 >= total;
  });
  if (median === undefined || total === 0) return null;
  return (Math.max(median.from, stretch.from) + Math.min(median.to, stretch.to)) / 2;
}

/** Twice a stretch round its middle, within the bounds. */
export function twiceOf(stretch: TimeWindow, bounds: TimeWindow): TimeWindow {
  const length = stretch.to - stretch.from;
  return moveBrush({ from: 0, to: 2 * length }, stretch.from - length / 2, bounds);
}

/** Three times the window round its middle, within the bounds; the bounds themselves once it has grown to them. */
export function zoomOut(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const length = window.to - window.from;
  return { from: Math.max(bounds.from, window.from - length), to: Math.min(bounds.to, window.to + length) };
}

function withLength(brush: TimeWindow, window: TimeWindow, bucketMs: number): TimeWindow {
  const from = Math.max(brush.from, window.from);
  const to = Math.min(Math.max(brush.to, from + bucketMs), Math.max(window.to, from + bucketMs));
  return { from, to };
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

function ceilTo(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
