import type { TimeWindow } from './timeline-model.ts';
import { type OffsetAt, type Tick, type TimelineScale, timelineScale, timelineTicks } from './timeline-scale.ts';

/** Width of an idle stretch, however long it was. */
export const IDLE_PX = 34;
/** Narrower ones are drawn as they are. */
const IDLE_MIN_PX = 3 * IDLE_PX;
/** Kept free at both ends of an idle stretch, so that the events beside it have room. */
const IDLE_MARGIN_PX = 12;
const IDLE_MAX = 6;
/** Ticks do not stand in pieces narrower than this. */
const TICK_PIECE_MIN_PX = 56;

export type Piece = TimeWindow & { left: number; right: number; idle: boolean };

/** Pixels ↔ instants, with idle stretches folded to 34 px each. */
export type LanesScale = TimelineScale & { pieces: readonly Piece[]; msPerPx: number };

/** The stretches worth folding: between two events, longer than 102 px as they stand; the six longest. */
export function idleStretches(occupied: readonly TimeWindow[], window: TimeWindow, width: number): TimeWindow[] {
  if (width <= 0) return [];
  const msPerPx = (window.to - window.from) / width;
  const idle: TimeWindow[] = [];
  for (let index = 1; index < occupied.length; index += 1) {
    const from = (occupied[index - 1]?.to ?? 0) + IDLE_MARGIN_PX * msPerPx;
    const to = (occupied[index]?.from ?? 0) - IDLE_MARGIN_PX * msPerPx;
    if (to - from >= IDLE_MIN_PX * msPerPx) idle.push({ from, to });
  }
  const longest = idle.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, IDLE_MAX);
  return longest.toSorted((a, b) => a.from - b.from);
}

/** A scale over `width` pixels; idle stretches that the window cuts are folded as far as they are in it. */
export function lanesScale(window: TimeWindow, width: number, idle: readonly TimeWindow[]): LanesScale {
  const plain = timelineScale(window, width);
  const { from, to } = plain.window;
  const linear = (to - from) / Math.max(1, width);
  const folded = idle
    .map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }))
    .filter((one) => one.to - one.from > IDLE_PX * linear);
  const busyPx = width - folded.length * IDLE_PX;
  const busyMs = to - from - folded.reduce((sum, one) => sum + one.to - one.from, 0);
  if (folded.length === 0 || busyPx < width / 3 || busyMs <= 0) {
    return { ...plain, msPerPx: linear, pieces: [{ from, to, left: 0, right: width, idle: false }] };
  }
  const msPerPx = busyMs / busyPx;
  const pieces: Piece[] = [];
  let at = from;
  let left = 0;
  const push = (end: number, isIdle: boolean) => {
    const right = left + (isIdle ? IDLE_PX : (end - at) / msPerPx);
    if (right > left) pieces.push({ from: at, to: end, left, right, idle: isIdle });
    at = end;
    left = right;
  };
  for (const one of folded) {
    push(one.from, false);
    push(one.to, true);
  }
  push(to, false);
  return {
    window: plain.window,
    width,
    msPerPx,
    pieces,
    x: (instant) => xIn(pieces, instant),
    instant: (x) => instantIn(pieces, x),
  };
}

function xIn(pieces: readonly Piece[], instant: number): number {
  const piece = pieces.find((one) => instant < one.to) ?? pieces.at(-1);
  if (piece === undefined) return 0;
  return piece.left + ((instant - piece.from) / (piece.to - piece.from)) * (piece.right - piece.left);
}

function instantIn(pieces: readonly Piece[], x: number): number {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return 0;
  const inside = Math.min(Math.max(x, first.left), last.right);
  const piece = pieces.find((one) => inside < one.right) ?? last;
  return piece.from + ((inside - piece.left) / (piece.right - piece.left)) * (piece.to - piece.from);
}

/** Ticks of the stretches between the breaks; none stands inside a break. */
export function lanesTicks(scale: LanesScale, offsetAt: OffsetAt): Tick[] {
  return scale.pieces.flatMap((piece) => {
    const width = piece.right - piece.left;
    if (piece.idle || width < TICK_PIECE_MIN_PX) return [];
    return timelineTicks(timelineScale(piece, width), offsetAt).map((tick) => ({ ...tick, x: tick.x + piece.left }));
  });
}

/** The window `factor` times as long, with the instant under `x` left where it is; within `limits`, not under 10 ms. */
export function zoomAt(scale: LanesScale, x: number, factor: number, limits: TimeWindow): TimeWindow {
  const { from, to } = scale.window;
  const pivot = scale.instant(x);
  const length = Math.min(Math.max((to - from) * factor, 10), limits.to - limits.from);
  return clampWindow({ from: pivot - ((pivot - from) / (to - from)) * length, to: 0 }, length, limits);
}

/** The window moved by `dx` pixels to the past (positive drags the picture to the right). */
export function panBy(scale: LanesScale, dx: number, limits: TimeWindow): TimeWindow {
  const { from, to } = scale.window;
  return clampWindow({ from: from - dx * scale.msPerPx, to: 0 }, to - from, limits);
}

function clampWindow({ from }: TimeWindow, length: number, limits: TimeWindow): TimeWindow {
  const start = Math.round(Math.min(Math.max(from, limits.from), limits.to - length));
  return { from: start, to: Math.round(start + length) };
}
