import { quantileSorted } from 'simple-statistics';
import type { Interval } from '#server/compare/report.ts';
import { createRandom } from './random.ts';

const RESAMPLES = 1000;
const LOW = 0.025;
const HIGH = 0.975;

/** What is estimated of a sample: its mean, or a quantile. */
export type Statistic = 'mean' | number;

/** Statistics of a sample with their percentile bootstrap intervals (Efron and Tibshirani 1993, chapter 13). */
export function bootstrapOf(values: readonly number[], statistics: readonly Statistic[], seed: number): Interval[] {
  const sample = ranked(values);
  const random = createRandom(seed);
  const estimates = statistics.map(() => new Float64Array(RESAMPLES));
  const times = new Uint32Array(values.length);
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    times.fill(0);
    for (let drawn = 0; drawn < values.length; drawn += 1) count(times, Math.floor(random() * values.length));
    for (const [at, statistic] of statistics.entries()) {
      const list = estimates[at];
      if (list !== undefined) list[resample] = statisticOf(sample, times, statistic);
    }
  }
  times.fill(1);
  return statistics.map((statistic, at) =>
    intervalOf(estimates[at] ?? new Float64Array(1), statisticOf(sample, times, statistic)),
  );
}

/**
 * The relative change of a statistic from `a` to `b`, pairs drawn together: what shakes both sides of a pair (a cold
 * cache, a neighbour's load) cancels out. Rejects pairs of unequal number.
 */
export function pairedChange(a: readonly number[], b: readonly number[], statistic: Statistic, seed: number): Interval {
  if (a.length !== b.length) throw new RangeError(`pairs must be complete: ${a.length} and ${b.length}`);
  const [ofA, ofB] = [ranked(a), ranked(b)];
  const random = createRandom(seed);
  const estimates = new Float64Array(RESAMPLES);
  const timesA = new Uint32Array(a.length);
  const timesB = new Uint32Array(b.length);
  const change = () => {
    const before = statisticOf(ofA, timesA, statistic);
    return before === 0 ? 0 : statisticOf(ofB, timesB, statistic) / before - 1;
  };
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    timesA.fill(0);
    timesB.fill(0);
    for (let drawn = 0; drawn < a.length; drawn += 1) {
      const pair = Math.floor(random() * a.length);
      count(timesA, ofA.rank[pair] ?? 0);
      count(timesB, ofB.rank[pair] ?? 0);
    }
    estimates[resample] = change();
  }
  timesA.fill(1);
  timesB.fill(1);
  return intervalOf(estimates, change());
}

/** A sample sorted once, with the place of each value: a resample is then how often each place was drawn. */
type Ranked = { sorted: Float64Array; rank: Uint32Array };

function ranked(values: readonly number[]): Ranked {
  const order = values.map((_, index) => index).sort((x, y) => (values[x] ?? 0) - (values[y] ?? 0));
  const rank = new Uint32Array(values.length);
  for (const [place, index] of order.entries()) rank[index] = place;
  return { sorted: Float64Array.from(order, (index) => values[index] ?? 0), rank };
}

function count(times: Uint32Array, place: number): void {
  times[place] = (times[place] ?? 0) + 1;
}

/** A quantile is the least value that has at least this share of the sample at or below it. */
function statisticOf({ sorted }: Ranked, times: Uint32Array, statistic: Statistic): number {
  if (sorted.length === 0) return 0;
  if (statistic === 'mean') {
    let sum = 0;
    for (let place = 0; place < sorted.length; place += 1) sum += (sorted[place] ?? 0) * (times[place] ?? 0);
    return sum / sorted.length;
  }
  const wanted = Math.max(1, Math.ceil(statistic * sorted.length));
  let passed = 0;
  for (let place = 0; place < sorted.length; place += 1) {
    passed += times[place] ?? 0;
    if (passed >= wanted) return sorted[place] ?? 0;
  }
  return sorted.at(-1) ?? 0;
}

function intervalOf(estimates: Float64Array, estimate: number): Interval {
  const sorted = estimates.sort() as unknown as number[];
  return { low: quantileSorted(sorted, LOW), estimate, high: quantileSorted(sorted, HIGH) };
}
