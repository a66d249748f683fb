import { scaleLinear, scaleUtc } from 'd3-scale';
import type { TimeWindow } from './timeline-model.ts';

/** Minutes to add to UTC for the time on the wall of the chosen zone at this instant. */
export type OffsetAt = (instantMs: number) => number;

export type Tick = { at: number; x: number; label: string };

/** Pixels from the left edge ↔ instants. */
export type TimelineScale = {
  window: TimeWindow;
  width: number;
  x(instantMs: number): number;
  instant(x: number): number;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A scale over `width` pixels; a window without length is widened to one second, so that no instant divides by 0. */
export function timelineScale(window: TimeWindow, width: number): TimelineScale {
  const safe = window.to > window.from ? window : { from: window.from, to: window.from + 1000 };
  const scale = scaleLinear([safe.from, safe.to], [0, width]);
  return {
    window: safe,
    width,
    x: (instantMs) => scale(instantMs),
    instant: (x) => scale.invert(Math.min(Math.max(x, 0), width)),
  };
}

/**
 * Ticks that stand on round times of the zone's wall clock, 90 px apart or more, with labels of the step's size. d3
 * counts in UTC, so the window is shifted to the wall clock and each tick back by the offset of its own day.
 */
export function timelineTicks(scale: TimelineScale, offsetAt: OffsetAt, spacingPx = 90): Tick[] {
  const { from, to } = scale.window;
  const wallFrom = from + offsetAt(from) * MINUTE_MS;
  const wallTo = to + offsetAt(to) * MINUTE_MS;
  if (wallTo <= wallFrom) return [];
  const walls = scaleUtc([wallFrom, wallTo], [0, scale.width])
    .ticks(Math.max(2, Math.floor(scale.width / spacingPx)))
    .map((date) => date.getTime());
  const stepMs = walls.length > 1 ? smallestStep(walls) : wallTo - wallFrom;
  const ticks: Tick[] = [];
  for (const wall of walls) {
    const at = wall - offsetAt(wall - offsetAt(wall) * MINUTE_MS) * MINUTE_MS;
    if (at >= from && at < to) ticks.push({ at, x: scale.x(at), label: wallLabel(wall, stepMs) });
  }
  return ticks;
}

function smallestStep(walls: number[]): number {
  let step = Number.POSITIVE_INFINITY;
  for (let index = 1; index < walls.length; index++) {
    step = Math.min(step, (walls[index] ?? 0) - (walls[index - 1] ?? 0));
  }
  return step;
}

function wallLabel(wallMs: number, stepMs: number): string {
  const wall = new Date(wallMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const month = MONTHS[wall.getUTCMonth()] ?? '';
  if (stepMs >= 360 * DAY_MS) return String(wall.getUTCFullYear());
  if (stepMs >= 27 * DAY_MS) return `${month} ${wall.getUTCFullYear()}`;
  if (stepMs >= DAY_MS) return `${wall.getUTCDate()} ${month}`;
  const clock = `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
  // Midnight says which day begins: a row of clock times over two days is otherwise ambiguous.
  if (clock === '00:00' && stepMs >= MINUTE_MS && wall.getUTCSeconds() === 0) return `${wall.getUTCDate()} ${month}`;
  if (stepMs >= MINUTE_MS) return clock;
  const seconds = `${clock}:${two(wall.getUTCSeconds())}`;
  return stepMs >= 1000 ? seconds : `${seconds}.${String(wall.getUTCMilliseconds()).padStart(3, '0')}`;
}
