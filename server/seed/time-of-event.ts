import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;

/** How busy each hour of a day is, midnight first, in UTC. */
const BY_HOUR = [2, 1, 0.6, 0.4, 0.4, 0.8, 2, 4, 7, 9, 10, 10, 9, 9, 10, 10, 9, 10, 12, 13, 11, 8, 5, 3];

/**
 * When the nth of `count` events occurred: days with their busy hours, some hours of rush, some in which nothing
 * happens at all. Ascending with n; the first at `from`, all before `to` (ms since 1970).
 */
export function createTimeOfEvent(
  { from, to, count }: { from: number; to: number; count: number },
  random: Random,
): (index: number) => number {
  const hours = Math.max(1, Math.ceil((to - from) / HOUR_MS));
  const startHour = new Date(from).getUTCHours();
  const weights = Array.from({ length: hours }, (_, hour) => {
    const dice = random.next();
    const usual = BY_HOUR[(startHour + hour) % 24] ?? 1;
    // Never the first nor the last hour: a history begins and ends with something.
    if (dice < 0.03 && hour > 0 && hour < hours - 1) return 0;
    return usual * (dice > 0.98 ? 6 : 0.7 + 0.6 * random.next());
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lengthMs = (to - from) / hours;
  let hour = 0;
  let before = 0;
  return (index) => {
    const wanted = ((index % count) / count) * total;
    while (hour < hours - 1 && before + (weights[hour] ?? 0) <= wanted) {
      before += weights[hour] ?? 0;
      hour += 1;
    }
    const share = (wanted - before) / (weights[hour] || 1);
    return Math.floor(from + (hour + Math.min(share, 0.999_999)) * lengthMs);
  };
}
