import type { MarkHolder, ProjectionState } from '#server/kernel/projection.ts';
import type { LagCause, LagTrend } from './status.ts';

/** A gain below this share of the larger rate is noise. */
const STEADY_SHARE = 0.05;

/** An append that is open for longer than this holds readers up; below it is ordinary work. */
const HELD_SECONDS = 2;

/** Whether it comes nearer to the mark, by the smoothed rates. */
export function trendOf(rates: { lagEvents: number; arrivalRate: number; drainRate: number }): LagTrend {
  const gain = rates.drainRate - rates.arrivalRate;
  if (rates.lagEvents === 0) return 'steady';
  if (Math.abs(gain) <= STEADY_SHARE * Math.max(rates.drainRate, rates.arrivalRate)) return 'steady';
  return gain > 0 ? 'falling' : 'growing';
}

/** What is known of a projection, from which the cause of its lag follows. */
export type LagFacts = {
  state: ProjectionState;
  /** Whether a worker holds it. */
  held: boolean;
  lagEvents: number;
  lagSeconds: number;
  objectiveSeconds: number;
  faultMessage: string | null;
  pausedBy: string | null;
  /** Workers that were heard of in the last seconds, whatever they run. */
  workersAlive: number;
  heldBy: MarkHolder | null;
};

/** Why events wait, the first that holds; null where none waits, or none for longer than it may. */
export function causeOf(facts: LagFacts): { cause: LagCause; message: string } | null {
  const { state, lagEvents, lagSeconds, objectiveSeconds, faultMessage, heldBy } = facts;
  if (state === 'paused') return { cause: 'paused', message: `paused by ${facts.pausedBy ?? 'somebody'}` };
  if (!facts.held) {
    return facts.workersAlive === 0
      ? { cause: 'no_worker', message: 'no worker runs' }
      : { cause: 'lease_lost', message: 'the lease has ended and no worker has taken it yet' };
  }
  if (faultMessage !== null) return { cause: 'poison_event', message: faultMessage };
  if (heldBy !== null && heldBy.openSeconds >= HELD_SECONDS) {
    const seconds = Math.floor(heldBy.openSeconds);
    return {
      cause: 'held_mark',
      message: `an append of Postgres process ${heldBy.processId} is open for ${seconds} s`,
    };
  }
  if (lagEvents > 0 && (lagSeconds > objectiveSeconds || state === 'stalled')) {
    return { cause: 'slow_handler', message: 'its handler takes longer than events come' };
  }
  return null;
}
