import { formatCount } from '#console/format.ts';
import type { Interval } from '#server/compare/report.ts';

/** A share as percent, in two digits: `0.4 %`, `3.2 %`, `56 %`, `340 %`. */
export function formatPercent(share: number): string {
  const percent = Math.abs(share * 100);
  return `${percent < 9.95 ? percent.toFixed(1) : formatCount(Math.round(percent))} %`;
}

/**
 * A relative change and its 95 % interval in words: `56 % less (52 % to 60 %)`; where the interval holds zero
 * `1.2 % less to 3.4 % more`, because its middle says nothing then.
 */
export function changeInWords({ low, estimate, high }: Interval, less = 'less', more = 'more'): string {
  if (low <= 0 && high >= 0) {
    if (low === 0 && high === 0) return 'no change';
    return `${formatPercent(low)} ${less} to ${formatPercent(high)} ${more}`;
  }
  const [near, far] = estimate < 0 ? [high, low] : [low, high];
  return `${formatPercent(estimate)} ${estimate < 0 ? less : more} (${formatPercent(near)} to ${formatPercent(far)})`;
}

/** A figure and its interval: `9.7 ms (9.4 to 10.1 ms)`. */
export function intervalInWords({ low, estimate, high }: Interval, format: (value: number) => string): string {
  const end = format(high);
  const unit = / \D+$/.exec(end)?.[0] ?? '';
  const start = format(low);
  return `${format(estimate)} (${start.endsWith(unit) ? start.slice(0, start.length - unit.length) : start} to ${end})`;
}
