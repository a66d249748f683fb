import type { Estimate } from '#server/projections/status.ts';

/** A measured rate: events a second, and how far batches lie from it on average. */
export type MeasuredRate = { rate: number | null; deviation: number | null };

/** A measured rate that a bound keeps down, which is then kept to a twentieth. */
export function bounded({ rate, deviation }: MeasuredRate, max: number | null): MeasuredRate {
  return max === null || (rate !== null && rate <= max) ? { rate, deviation } : { rate: max, deviation: max / 20 };
}

/** How long `events` take, within two mean deviations of the rate; null while no rate was measured. */
export function estimate(events: number, { rate, deviation }: MeasuredRate): Estimate | null {
  if (events === 0) return { low: 0, seconds: 0, high: 0 };
  if (rate === null || rate <= 0) return null;
  // A tenth of the rate at least, so that a deviation above half of it gives no endless interval.
  const slowest = Math.max(rate / 10, rate - 2 * (deviation ?? rate / 4));
  return { low: events / (rate + 2 * (deviation ?? rate / 4)), seconds: events / rate, high: events / slowest };
}
