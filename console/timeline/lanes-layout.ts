import type { Lane, LaneEvent, LanesModel } from './lanes-model.ts';
import type { LanesScale } from './lanes-scale.ts';

export const LANE_PX = 46;
/** The baseline stands this far above the lane's foot. */
export const BASELINE_PX = 9;
/** Glyphs nearer than this are put together. */
export const MERGE_PX = 8;
/** A run of glyphs is cut here, so that one never says "400" for half a lane. */
const RUN_PX_MAX = 36;
export const ARCS_MAX = 200;

/** What stands on a baseline: one glyph, a run of those too near to tell apart, or × marks in a bracket. */
export type Mark = { kind: 'glyph' | 'run' | 'failures'; left: number; right: number; y: number; events: LaneEvent[] };

/** An arc from a cause to an effect; `trunk` is where it passes the lanes between, null within a lane or to the next. */
export type Arc = { fromX: number; fromY: number; toX: number; toY: number; trunk: number | null; effect: LaneEvent };

export type LaneLayout = { lane: Lane; top: number; baseline: number; marks: Mark[] };

export type LanesLayout = {
  lanes: LaneLayout[];
  height: number;
  selected: { x: number; y: number; event: LaneEvent } | null;
  arcs: Arc[];
  /** Arcs past the 200 drawn. */
  arcsHidden: number;
};

/** Places what the lanes hold. `selectedId` is the event id of the selection. */
export function layoutLanes(model: LanesModel, scale: LanesScale, selectedPosition: string | null): LanesLayout {
  const lanes = model.lanes.map((lane, index): LaneLayout => {
    const top = index * LANE_PX;
    const baseline = top + LANE_PX - BASELINE_PX;
    return { lane, top, baseline, marks: layoutMarks(lane.events, scale, baseline) };
  });
  const placed = model.lanes.flatMap((lane, index) =>
    lane.events.map((event) => ({ event, x: scale.x(event.at), y: lanes[index]?.baseline ?? 0, lane: index })),
  );
  const selected = placed.find(({ event }) => event.globalPosition === selectedPosition) ?? null;
  const { arcs, hidden } = selected === null ? { arcs: [], hidden: 0 } : layoutArcs(selected, placed);
  return { lanes, height: lanes.length * LANE_PX, selected, arcs, arcsHidden: hidden };
}

/** Glyphs closer than 8 px join, × marks apart from the rest: what failed is never hidden in a run. */
export function layoutMarks(events: readonly LaneEvent[], scale: Pick<LanesScale, 'x'>, y: number): Mark[] {
  const failed = (event: LaneEvent) => event.kind === 'failed';
  return [
    ...cluster(
      events.filter((event) => !failed(event)),
      scale,
      y,
      'run',
    ),
    ...cluster(events.filter(failed), scale, y, 'failures'),
  ];
}

function cluster(
  events: readonly LaneEvent[],
  scale: Pick<LanesScale, 'x'>,
  y: number,
  kind: 'run' | 'failures',
): Mark[] {
  const marks: Mark[] = [];
  for (const event of events) {
    const x = scale.x(event.at);
    const last = marks.at(-1);
    const joins =
      last !== undefined && x - last.right < MERGE_PX && (kind === 'failures' || x - last.left <= RUN_PX_MAX);
    if (joins) {
      last.events.push(event);
      last.right = Math.max(last.right, x);
      last.kind = kind;
    } else marks.push({ kind: 'glyph', left: x, right: x, y, events: [event] });
  }
  return marks;
}

type Placed = { event: LaneEvent; x: number; y: number; lane: number };

function layoutArcs(selected: Placed, placed: readonly Placed[]): { arcs: Arc[]; hidden: number } {
  const effects = placed.filter(({ event }) => event.causationId === selected.event.eventId);
  const causes = placed.filter(({ event }) => event.eventId === selected.event.causationId);
  const pairs = [
    ...causes.map((cause) => [cause, selected] as const),
    ...effects.map((effect) => [selected, effect] as const),
  ];
  const byLane = new Map<number, number[]>();
  for (const { lane, x } of placed) byLane.set(lane, [...(byLane.get(lane) ?? []), x]);
  const arcs = pairs.slice(0, ARCS_MAX).map(([from, to]): Arc => {
    const between = obstacles(byLane, from.lane, to.lane);
    const trunk = between === null ? null : freeX(from.x, to.x, between);
    return { fromX: from.x, fromY: from.y, toX: to.x, toY: to.y, trunk, effect: to.event };
  });
  return { arcs, hidden: Math.max(0, pairs.length - ARCS_MAX) };
}

/** The glyphs of the lanes between two; null where there is none between. */
function obstacles(byLane: ReadonlyMap<number, number[]>, a: number, b: number): number[] | null {
  const [low, high] = a < b ? [a, b] : [b, a];
  if (high - low < 2) return null;
  const xs: number[] = [];
  for (let lane = low + 1; lane < high; lane += 1) xs.push(...(byLane.get(lane) ?? []));
  return xs;
}

/** Where between two ends an upright line keeps farthest from the glyphs it passes; nearest to the middle on a tie. */
export function freeX(fromX: number, toX: number, obstacleXs: readonly number[]): number {
  const [left, right] = fromX < toX ? [fromX, toX] : [toX, fromX];
  const middle = (left + right) / 2;
  const enough = MERGE_PX;
  let best = middle;
  let bestRoom = -1;
  for (let x = left - 12; x <= right + 12; x += 3) {
    const room = Math.min(enough, ...obstacleXs.map((other) => Math.abs(other - x)));
    const better = room > bestRoom || (room === bestRoom && Math.abs(x - middle) < Math.abs(best - middle));
    if (better) {
      best = x;
      bestRoom = room;
    }
  }
  return best;
}

/** The mark under the pointer, if it is within 10 px of one. */
export function markAt(layout: LanesLayout, x: number, y: number): Mark | null {
  const lane = layout.lanes[Math.floor(y / LANE_PX)];
  if (lane === undefined) return null;
  let nearest: Mark | null = null;
  let distance = 10;
  for (const mark of lane.marks) {
    const away = x < mark.left ? mark.left - x : x > mark.right ? x - mark.right : 0;
    // What failed lies on top, so it is also what is meant.
    if (away < distance || (away === distance && mark.events.some(({ kind }) => kind === 'failed'))) {
      nearest = mark;
      distance = away;
    }
  }
  return nearest;
}
