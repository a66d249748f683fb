import { findTroubles } from '#console/overview/trouble-model.ts';
import { routes } from '#console/routes.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

/** What the navigation says beside a page: how much there needs a hand, by the worst of it. */
export type TroubleCount = { count: number; bad: boolean };

/** Only pages with trouble have a count. */
export function troubleCounts(pulse: Pulse): Map<string, TroubleCount> {
  const counts = new Map<string, TroubleCount>();
  const troubles = findTroubles(pulse).filter(({ id }) => id.startsWith('projection '));
  if (troubles.length > 0) {
    counts.set(routes.projections(), { count: troubles.length, bad: troubles.some(({ tone }) => tone === 'bad') });
  }
  const parked = pulse.projections.projections.reduce((sum, one) => sum + one.parked, 0);
  if (parked > 0) counts.set(routes.parked(), { count: parked, bad: true });
  return counts;
}
