/** Bins of a histogram of latencies on a log scale: from 0.05 ms, each 20 % wider than the one before. */
export const BINS = 80;
const FIRST_MS = 0.05;
const WIDER = 1.2;

export function binOf(ms: number): number {
  const bin = Math.ceil(Math.log(Math.max(ms, FIRST_MS) / FIRST_MS) / Math.log(WIDER));
  return Math.min(BINS - 1, bin);
}

/** The upper edge of the bin in which a quantile lies, in milliseconds; 0 of an empty histogram. */
export function quantileOf(histogram: readonly number[], share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let passed = 0;
  const bin = histogram.findIndex((count) => {
    passed += count;
    return passed >= share * total;
  });
  return FIRST_MS * WIDER ** bin;
}

export function addInto(sum: number[], histogram: readonly number[]): void {
  for (const [bin, count] of histogram.entries()) sum[bin] = (sum[bin] ?? 0) + count;
}
