import type { LagPoint } from '#server/projections/status.ts';

/** A point of both panels; null where nothing is known, so that a gap is not drawn as a line at zero. */
export type LagChartPoint = {
  at: number;
  lagSeconds: number | null;
  /** Of the version that is built beside it; null where there is none. */
  candidateSeconds: number | null;
  arrivalRate: number | null;
  drainRate: number | null;
  /** From the lower to the higher rate where more comes than goes. */
  gap: [number, number] | null;
};

export type LagChart = { points: LagChartPoint[]; from: number; to: number; secondsTop: number; rateTop: number };

/** A moment of note: since when somebody holds the mark, or since when the oldest event waits that is not handled. */
export type LagMark = { at: number; label: string; kind: 'held' | 'behind' };

/** What stays readable in 700 px; more only costs. */
const POINTS_MAX = 300;
/** A longer pause between two points is a gap; in a long window points lie further apart. */
const GAP_MS = 5000;
const GAP_SHARE = 0.01;

/**
 * The window's points, thinned to 300 by keeping the worst of each stretch: a peak must not vanish. The axis is the
 * serving version's: a candidate is often years behind and comes into the picture as it comes near.
 */
export function lagChart(
  history: readonly LagPoint[],
  {
    now,
    windowMs,
    objective,
    candidate = [],
  }: { now: number; windowMs: number; objective: number; candidate?: readonly LagPoint[] },
): LagChart {
  const from = now - windowMs;
  // Both are measured by the same pulse, so their points are of the same moments.
  const beside = new Map(candidate.map(({ at, lagSeconds }) => [Date.parse(at), lagSeconds]));
  const inside = history.map((point) => toPoint(point, beside)).filter(({ at }) => at >= from && at <= now + 1000);
  const points = thin(withGaps(inside, Math.max(GAP_MS, windowMs * GAP_SHARE)), Math.ceil(inside.length / POINTS_MAX));
  const highest = (pick: (point: LagChartPoint) => number | null) =>
    Math.max(0, ...points.map((point) => pick(point) ?? 0));
  return {
    points,
    from,
    to: now,
    secondsTop: niceTop(
      Math.max(
        objective * 1.2,
        highest((point) => point.lagSeconds),
      ),
    ),
    rateTop: niceTop(
      Math.max(
        1,
        highest((point) => point.arrivalRate),
        highest((point) => point.drainRate),
      ),
    ),
  };
}

/** The moments that say how it came to this, where they lie in the window. */
export function lagMarks(
  { from, to }: Pick<LagChart, 'from' | 'to'>,
  { lagSeconds, objective, heldSeconds }: { lagSeconds: number; objective: number; heldSeconds: number | null },
): LagMark[] {
  const marks: LagMark[] = [];
  if (heldSeconds !== null) marks.push({ at: to - heldSeconds * 1000, label: 'mark held', kind: 'held' });
  if (lagSeconds > objective) marks.push({ at: to - lagSeconds * 1000, label: 'behind since', kind: 'behind' });
  return marks.filter(({ at }) => at > from);
}

/** Adds a point where it is newer than the last; the history of the server and the live pulse overlap by some. */
export function appendPoint(history: readonly LagPoint[], point: LagPoint, keep = 900): LagPoint[] {
  const last = history.at(-1);
  if (last !== undefined && Date.parse(last.at) >= Date.parse(point.at)) return history as LagPoint[];
  return [...history.slice(-(keep - 1)), point];
}

/** The next of 1, 2, 5 times a power of ten. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value) ?? 10 * power;
}

function toPoint(
  { at, lagSeconds, arrivalRate, drainRate }: LagPoint,
  beside: ReadonlyMap<number, number>,
): LagChartPoint {
  const gap: [number, number] | null = arrivalRate > drainRate ? [drainRate, arrivalRate] : null;
  const candidateSeconds = beside.get(Date.parse(at)) ?? null;
  return { at: Date.parse(at), lagSeconds, candidateSeconds, arrivalRate, drainRate, gap };
}

function withGaps(points: readonly LagChartPoint[], gapMs: number): LagChartPoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || point.at - before.at <= gapMs) return [point];
    return [
      { at: before.at + 1, lagSeconds: null, candidateSeconds: null, arrivalRate: null, drainRate: null, gap: null },
      point,
    ];
  });
}

function thin(points: readonly LagChartPoint[], every: number): LagChartPoint[] {
  if (every <= 1) return [...points];
  const kept: LagChartPoint[] = [];
  for (let start = 0; start < points.length; start += every) {
    const stretch = points.slice(start, start + every);
    const gap = stretch.find((point) => point.lagSeconds === null);
    const worst = stretch.reduce((a, b) => ((b.lagSeconds ?? -1) > (a.lagSeconds ?? -1) ? b : a));
    kept.push(gap ?? worst);
  }
  return kept;
}
