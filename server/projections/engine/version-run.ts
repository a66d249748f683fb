import type { ProjectionState, VersionState } from '#server/kernel/projection.ts';

/** What is known of a version, from which its state follows. */
export type RunFacts = {
  state: VersionState;
  paused: boolean;
  faulted: boolean;
  /** Whether a worker holds it: `silent` where its lease ran out, `none` where it was given back or never taken. */
  worker: 'holds' | 'silent' | 'none';
  lagEvents: number;
  lagSeconds: number;
  /** Since its checkpoint last moved. */
  stillSeconds: number;
  /** Whether a scratch version has reached its end. */
  ended: boolean;
};

const STALLED_SECONDS = 30;
const CATCHING_UP_SECONDS = 5;

/**
 * The states of a version, the first that holds:
 * - `paused`: somebody asked for it;
 * - `stalled`: nothing moves it. Its worker has gone silent, or events wait and no worker has it, or its checkpoint has
 *   not moved for 30 s although it is behind (told after a fault);
 * - `stopped`: its worker left in order, and nothing waits for it yet;
 * - `faulted`: an event fails and everything waits for it;
 * - `rebuilding`: it fills beside the serving version and has not caught up;
 * - `catching_up`: more than 5 s behind;
 * - `running`.
 */
export function runOf(facts: RunFacts): ProjectionState {
  if (facts.paused) return 'paused';
  if (facts.ended) return 'running';
  if (facts.worker !== 'holds') return facts.worker === 'silent' || facts.lagEvents > 0 ? 'stalled' : 'stopped';
  if (facts.faulted) return 'faulted';
  if (facts.lagEvents > 0 && facts.stillSeconds > STALLED_SECONDS && facts.lagSeconds > STALLED_SECONDS)
    return 'stalled';
  const behind = facts.lagSeconds > CATCHING_UP_SECONDS;
  if (behind && (facts.state === 'building' || facts.state === 'scratch')) return 'rebuilding';
  return behind ? 'catching_up' : 'running';
}
