import type { Density } from '#server/explorer/explorer.ts';

/** A stretch of time in ms since 1970, `from` inclusive, `to` exclusive. */
export type TimeWindow = { from: number; to: number };

export type BarPart = { series: string; count: number };

/** One bucket of the histogram. Parts stand in stacking order, first at the foot. */
export type Bar = TimeWindow & { total: number; parts: BarPart[] };

/** What a histogram needs and nothing of how it is drawn. */
export type Histogram = {
  window: TimeWindow;
  bucketMs: number;
  bars: Bar[];
  /** Series in stacking order; beyond `SERIES_MAX` the smallest are one series named `OTHER`. */
  series: string[];
  /** Largest total of a bar; 0 where there is none. */
  peak: number;
  total: number;
  /** What occurred before it was not counted; null where all was. */
  countedFrom: number | null;
};

/** Beyond this many lanes or stacked series nobody tells them apart. */
export const SERIES_MAX = 24;

/** What the smallest series are put together as; `(` can't begin a category. */
export const OTHER = '(other)';

/**
 * Turns the server's buckets into bars: ascending, stacked in one order over the whole window (alphabetical, so that
 * zooming never swaps colours), the smallest series put together beyond `SERIES_MAX`.
 */
export function prepareHistogram(density: Density): Histogram {
  const bucketMs = Math.max(1, density.bucketSeconds * 1000);
  const totals = new Map<string, number>();
  for (const bucket of density.buckets) {
    for (const [name, count] of Object.entries(bucket.counts)) totals.set(name, (totals.get(name) ?? 0) + count);
  }
  const kept = keptSeries(totals);
  const series = [...kept].sort(byName);
  if (totals.size > kept.size) series.push(OTHER);

  const bars = density.buckets
    .map((bucket) => {
      const counts = new Map<string, number>();
      for (const [name, count] of Object.entries(bucket.counts)) {
        const into = kept.has(name) ? name : OTHER;
        counts.set(into, (counts.get(into) ?? 0) + count);
      }
      const parts = series.flatMap((name) => {
        const count = counts.get(name) ?? 0;
        return count > 0 ? [{ series: name, count }] : [];
      });
      const from = Date.parse(bucket.start);
      return { from, to: from + bucketMs, total: parts.reduce((sum, part) => sum + part.count, 0), parts };
    })
    .filter((bar) => bar.total > 0)
    .sort((a, b) => a.from - b.from);

  return {
    window: { from: Date.parse(density.from), to: Date.parse(density.to) },
    bucketMs,
    bars,
    series,
    peak: bars.reduce((peak, bar) => Math.max(peak, bar.total), 0),
    total: bars.reduce((sum, bar) => sum + bar.total, 0),
    countedFrom: density.countedFrom === null ? null : Date.parse(density.countedFrom),
  };
}

/** Events whose bucket begins inside the window; a bucket that the window cuts counts by its share. */
export function countWithin(histogram: Histogram, window: TimeWindow): number {
  let count = 0;
  for (const bar of histogram.bars) {
    const share = (Math.min(bar.to, window.to) - Math.max(bar.from, window.from)) / (bar.to - bar.from);
    if (share > 0) count += bar.total * Math.min(1, share);
  }
  return Math.round(count);
}

function keptSeries(totals: Map<string, number>): Set<string> {
  const largestFirst = [...totals].sort((a, b) => b[1] - a[1] || byName(a[0], b[0])).map(([name]) => name);
  return new Set(largestFirst.length <= SERIES_MAX ? largestFirst : largestFirst.slice(0, SERIES_MAX - 1));
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
