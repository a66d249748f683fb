import { formatCount, formatNumberOf } from '#console/format.ts';
import type { ParkedGroup } from '#server/projections/operations.ts';

/** What can be asked for a group of parked events, as the address has it. */
export const PARKED_ACTS = ['retry-one', 'retry-ten', 'retry-all', 'skip-one', 'skip-all'] as const;
export type ParkedAct = (typeof PARKED_ACTS)[number];

/** Of one request; the server takes no more, and the worker takes them in turns of 50 streams. */
export const RETRY_MAX = 10_000;

/** How many events an act means. */
export function countOf(act: ParkedAct, group: ParkedGroup): number {
  if (act === 'retry-one' || act === 'skip-one') return 1;
  return Math.min(act === 'retry-ten' ? 10 : RETRY_MAX, group.events);
}

/** Title and last button of an act's sheet. */
export function parkedWords(act: ParkedAct, group: ParkedGroup): { title: string; confirm: string } {
  const count = countOf(act, group);
  const what = formatNumberOf(count, 'event');
  return act.startsWith('retry')
    ? { title: `Retry ${what} in ${group.projection}`, confirm: `Retry ${formatCount(count)}` }
    : { title: `Skip ${what} in ${group.projection}`, confirm: `Skip ${formatCount(count)}` };
}
