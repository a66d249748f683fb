/** A rate smoothed exponentially: a burst weighs half as much after each half-life. */
export type SmoothedRate = {
  /** Tells the running count at a moment; gives the rate a second. A count that fell begins anew. */
  observe(count: number, atMs: number): number;
  value(): number;
  /** Smoothed distance of single observations from the rate. */
  deviation(): number;
};

/** Exponential smoothing for samples at uneven times: the weight of the past is 0.5 to the power of age / half-life. */
export function createSmoothedRate(halfLifeMs = 15_000): SmoothedRate {
  let last: { count: number; atMs: number } | undefined;
  let rate = 0;
  let deviation = 0;
  return {
    observe(count, atMs) {
      if (last === undefined || count < last.count) {
        last = { count, atMs };
        return rate;
      }
      const elapsedMs = atMs - last.atMs;
      if (elapsedMs <= 0) return rate;
      const current = ((count - last.count) * 1000) / elapsedMs;
      const weightOfPast = 0.5 ** (elapsedMs / halfLifeMs);
      deviation = deviation * weightOfPast + Math.abs(current - rate) * (1 - weightOfPast);
      rate = rate * weightOfPast + current * (1 - weightOfPast);
      if (rate < 0.005) rate = 0;
      last = { count, atMs };
      return rate;
    },
    value: () => rate,
    deviation: () => deviation,
  };
}
