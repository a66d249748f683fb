import { mean } from 'simple-statistics';
import type { Distribution } from '#server/compare/report.ts';
import { bootstrapOf } from './bootstrap.ts';

const BINS = 64;

/** The shape of a sample on a log scale, between `low` and `high` where two are to share their bins. */
export function distributionOf(
  values: readonly number[],
  { unit, seed, low, high }: { unit: Distribution['unit']; seed: number; low: number; high: number },
): Distribution {
  const [from, to] = [Math.log(Math.max(low, 1e-6)), Math.log(Math.max(high, low * 1.01, 2e-6))];
  const edges = Array.from({ length: BINS + 1 }, (_, bin) => Math.exp(from + ((to - from) * bin) / BINS));
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((Math.log(Math.max(value, 1e-6)) - from) / (to - from)) * BINS);
    const at = Math.min(BINS - 1, Math.max(0, bin));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const none = { low: 0, estimate: 0, high: 0 };
  const [p50 = none, p95 = none, p99 = none] = bootstrapOf(values, [0.5, 0.95, 0.99], seed);
  return {
    unit,
    count: values.length,
    edges,
    counts,
    p50,
    p95,
    p99,
    mean: values.length === 0 ? 0 : mean(values as number[]),
  };
}

/** Two samples over the same bins. */
export function distributionsOf(a: readonly number[], b: readonly number[], unit: Distribution['unit'], seed: number) {
  const all = [...a, ...b];
  const low = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = all.reduce((most, value) => Math.max(most, value), 0);
  const options = { unit, seed, low: Number.isFinite(low) ? low : 0.001, high: high || 1 };
  return { a: distributionOf(a, options), b: distributionOf(b, options) };
}
