import type { GuardRails } from '#server/compare/experiment.ts';
import { addInto, quantileOf } from './histogram.ts';
import type { Window } from './split-log.ts';

/** A rail minds what it sees often enough: fewer failures, or fewer reads of a side, are no ground to stop. */
const ERRORS_MIN = 3;
const READS_MIN = 50;
/** Nobody feels less, and a pause of the process is as long: p95 of 0.8 ms is no ground to leave one of 0.4 ms for. */
const SLOWER_MS_MIN = 5;

/**
 * Which guard rail the last minute of a split broke, in words; null where none. A rail is a plain bound and not a test:
 * it may stop a split without need, which costs nothing but time.
 */
export function brokenRail(windows: readonly Window[], lagSeconds: number, rails: GuardRails): string | null {
  const a = sum(windows, 'a');
  const b = sum(windows, 'b');
  if (b.errors >= ERRORS_MIN && b.errors / b.reads > rails.errorRateMax) {
    return `${b.errors} of ${b.reads} reads of version b failed in a minute`;
  }
  const [before, after] = [quantileOf(a.histogram, 0.95), quantileOf(b.histogram, 0.95)];
  const slower = after > before * rails.latencyRatioMax && after - before >= SLOWER_MS_MIN;
  if (a.reads >= READS_MIN && b.reads >= READS_MIN && slower) {
    return `p95 of version b is ${after.toFixed(1)} ms, of version a ${before.toFixed(1)} ms`;
  }
  if (lagSeconds > rails.lagSecondsMax) return `version b is ${lagSeconds.toFixed(1)} s behind`;
  return null;
}

/** All that was measured of a side. */
export function sum(windows: readonly Window[], side: Window['side']) {
  const total = { reads: 0, errors: 0, logSum: 0, histogram: [] as number[] };
  for (const window of windows) {
    if (window.side !== side) continue;
    total.reads += window.reads;
    total.errors += window.errors;
    total.logSum += window.logSum;
    addInto(total.histogram, window.histogram);
  }
  return total;
}
