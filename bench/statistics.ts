import type { Figure, Sample, Summary } from './measurement.ts';

/** The middle of the values; of an even number, the mean of the two. NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The medians of every figure that the samples have. */
export function summarize(samples: readonly Sample[]): Summary {
  const values = samples.map(({ value }) => value);
  const summary: Summary = {
    median: round(median(values)),
    min: round(Math.min(...values)),
    max: round(Math.max(...values)),
  };
  for (const name of Object.keys(samples[0] ?? {})) {
    if (name !== 'value') summary[name] = round(median(samples.map((sample) => sample[name] ?? Number.NaN)));
  }
  return summary;
}

/** How many times as good `ours` is as `theirs`. */
export function ratio(ours: number, theirs: number, better: 'higher' | 'lower'): number {
  return round(better === 'higher' ? ours / theirs : theirs / ours);
}

/** Four digits that mean something, and no more. */
export function round(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

/** A figure that was measured once. */
export function single(value: number, unit: string): Figure {
  const rounded = round(value);
  return { unit, median: rounded, min: rounded, max: rounded };
}

/** A figure that was measured several times. */
export function spread(values: readonly number[], unit: string): Figure {
  const { median: middle, min, max } = summarize(values.map((value) => ({ value })));
  return { unit, median: middle, min, max };
}
