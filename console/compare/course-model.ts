import { niceTop } from '#console/lag/lag-chart-model.ts';
import type { Interval } from '#server/compare/report.ts';

export type CoursePoint = { x: number; estimate: number; band: [number, number] };
export type CourseChart = {
  points: CoursePoint[];
  log: boolean;
  from: number;
  to: number;
  bottom: number;
  top: number;
};

const POINTS_MAX = 300;
/** Past this ratio of last to first, the beginning would stand on one pixel of a linear axis. */
const LOG_RATIO = 20;
/** An interval of the first few samples may reach to ten times and more; the axis need not. */
const TOP_MAX = 2;

/** How the answer narrowed as the samples came: estimate and interval, with zero and ± what matters always in sight. */
export function courseChart(course: readonly { samples: number; change: Interval }[], matters: number): CourseChart {
  const every = Math.max(1, Math.ceil(course.length / POINTS_MAX));
  const kept = course.filter((_, index) => index % every === 0 || index === course.length - 1);
  const from = Math.max(1, kept[0]?.samples ?? 1);
  const to = Math.max(from + 1, kept.at(-1)?.samples ?? 1);
  const settled = kept.slice(Math.floor(kept.length / 10)).map(({ change }) => change);
  const reach = (values: number[]) => Math.min(niceTop(Math.max(matters * 2, ...values)), TOP_MAX);
  const top = reach(settled.map(({ high }) => high));
  const bottom = -reach(settled.map(({ low }) => -low));
  const clamp = (value: number) => Math.min(Math.max(value, bottom), top);
  const points = kept.map(({ samples, change }) => ({
    x: samples,
    estimate: clamp(change.estimate),
    band: [clamp(change.low), clamp(change.high)] as [number, number],
  }));
  return { points, log: to / from > LOG_RATIO, from, to, bottom, top };
}
