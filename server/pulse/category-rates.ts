import type { Pulse } from './pulse.ts';

type SmoothedRate = { observe(count: number, atMs: number): number };

const CATEGORIES_MAX = 24;

/** Turns running counts by category into rates, smoothed as the append rate is, so that they add up to it. */
export function createCategoryRates(smoothedRate: () => SmoothedRate) {
  const rates = new Map<string, SmoothedRate>();
  let lastAtMs: number | undefined;

  return {
    /** The rates at a moment, largest first. */
    observe(counts: readonly { category: string; count: number }[], atMs: number): Pulse['store']['categories'] {
      const now = counts.map(({ category, count }) => ({ category, rate: rateOf(category).observe(count, atMs) }));
      lastAtMs = atMs;
      return now
        .filter(({ rate }) => rate > 0)
        .sort((a, b) => b.rate - a.rate)
        .slice(0, CATEGORIES_MAX);
    },
  };

  function rateOf(category: string): SmoothedRate {
    const known = rates.get(category);
    if (known !== undefined) return known;
    const made = smoothedRate();
    // A category that was not there a moment ago began at none.
    if (lastAtMs !== undefined) made.observe(0, lastAtMs);
    rates.set(category, made);
    return made;
  }
}
