import type { SplitReport } from '#server/compare/report.ts';
import { createSequence, fromLogs } from '#server/compare/statistics/confidence-sequence.ts';
import { decideOutcome } from '#server/compare/statistics/decide-outcome.ts';
import { sum } from './guard-rails.ts';
import { quantileOf } from './histogram.ts';
import type { Window } from './split-log.ts';

/** Points of the course at most. */
const POINTS = 200;

/**
 * What a split has measured. Each second in which both sides answered is a pair: the mean logarithm of b's latencies
 * less that of a's; so what loads the machine for a while is on both sides. The sequence holds at every look.
 */
export function splitReport(
  windows: readonly Window[],
  {
    percent,
    since,
    stoppedBy,
    matters,
  }: { percent: number; since: string | null; stoppedBy: string | null; matters: number },
): SplitReport {
  const sequence = createSequence();
  const course: SplitReport['course'] = [];
  let reads = 0;
  for (const [at, ofSecond] of bySecond(windows)) {
    const [a, b] = [sum(ofSecond, 'a'), sum(ofSecond, 'b')];
    reads += a.reads + b.reads;
    const [answeredA, answeredB] = [a.reads - a.errors, b.reads - b.errors];
    if (answeredA <= 0 || answeredB <= 0) continue;
    sequence.add(b.logSum / answeredB - a.logSum / answeredA);
    const interval = sequence.interval();
    if (interval !== undefined) course.push({ at, reads, change: fromLogs(interval) });
  }
  const change = course.at(-1)?.change;
  const outcome = change === undefined ? 'not_enough_data' : decideOutcome(change, { matters, better: 'lower' });
  const side = (which: Window['side']) => {
    const { reads: all, errors, histogram } = sum(windows, which);
    const quantile = (share: number) => quantileOf(histogram, share);
    return all === 0 ? null : { reads: all, errors, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
  };
  return {
    percent,
    since,
    stoppedBy,
    a: side('a'),
    b: side('b'),
    course: thinned(course),
    outcome,
    sentence: sentenceOf(outcome, change, stoppedBy),
  };
}

function sentenceOf(
  outcome: SplitReport['outcome'],
  change: { low: number; estimate: number; high: number } | undefined,
  stoppedBy: string | null,
): string {
  if (stoppedBy !== null) return `The split stopped by itself: ${stoppedBy}.`;
  if (change === undefined)
    return 'Too little was read to say anything: 50 seconds in which both sides answered are needed.';
  const percent = (value: number) => `${(value * 100).toFixed(1).replace('-', '−')} %`;
  const range = `${percent(change.low)} to ${percent(change.high)}`;
  if (outcome === 'b_better') return `Reads of version b are faster: ${range}.`;
  if (outcome === 'a_better') return `Reads of version b are slower: ${range}.`;
  if (outcome === 'no_difference_that_matters') return `No difference that matters: ${range}.`;
  return `The change of latency lies between ${percent(change.low)} and ${percent(change.high)}: read on.`;
}

function bySecond(windows: readonly Window[]): Map<string, Window[]> {
  const seconds = new Map<string, Window[]>();
  for (const window of windows) {
    const list = seconds.get(window.at);
    if (list === undefined) seconds.set(window.at, [window]);
    else list.push(window);
  }
  return seconds;
}

function thinned<Point>(points: Point[]): Point[] {
  const step = Math.ceil(points.length / POINTS);
  return points.filter((_, index) => (points.length - 1 - index) % Math.max(1, step) === 0);
}
