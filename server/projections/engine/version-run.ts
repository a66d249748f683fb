import type { ProjectionState, VersionState } from '#server/kernel/projection.ts';

/** What is known of a version, from which its state follows. */
export type RunFacts = {
  state: VersionState;
  paused: boolean;
  faulted: boolean;
  /** Whether a worker's lease on it is valid. */
  leased: boolean;
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
 * - `stopped`: no worker holds a lease on it;
 * - `faulted`: an event fails and everything waits for it;
 * - `stalled`: it is behind, and its checkpoint has not moved for 30 s;
 * - `rebuilding`: it fills beside the serving version and has not caught up;
 * - `catching_up`: more than 5 s behind;
 * - `running`.
 */
export function runOf(facts: RunFacts): ProjectionState {
  if (facts.paused) return 'paused';
  if (facts.ended) return 'running';
  if (!facts.leased) return 'stopped';
  if (facts.faulted) return 'faulted';
  if (facts.lagEvents > 0 && facts.stillSeconds > STALLED_SECONDS && facts.lagSeconds > STALLED_SECONDS)
    return 'stalled';
  const behind = facts.lagSeconds > CATCHING_UP_SECONDS;
  if (behind && (facts.state === 'building' || facts.state === 'scratch')) return 'rebuilding';
  return behind ? 'catching_up' : 'running';
}
