import type { ParkedGroup } from '#server/projections/operations.ts';

/** A retry that was asked for: how many, of which group, out of how many, and when by the clock of the database. */
export type Retry = { fingerprint: string; requested: number; before: number; askedAt: number };

export type RetryProgress = { handled: number; failed: number; left: number; ended: boolean };

/** A worker takes up a retry within its poll; past this with nothing due left it is over. */
const BEGUN_MS = 1500;

/**
 * How far a retry has come, from the group as it now is (undefined: nothing of it is left). An event that failed again
 * has a later time to be tried at, so the retry is over when none is due.
 */
export function progressOf(retry: Retry, group: ParkedGroup | undefined, now: number): RetryProgress {
  const remaining = group?.events ?? 0;
  const handled = Math.min(retry.requested, Math.max(0, retry.before - remaining));
  const due = group?.nextRetryAt != null && Date.parse(group.nextRetryAt) <= now;
  const ended = handled >= retry.requested || remaining === 0 || (!due && now - retry.askedAt > BEGUN_MS);
  const rest = retry.requested - handled;
  return { handled, failed: ended ? rest : 0, left: ended ? 0 : rest, ended };
}

/** It in a sentence. */
export function retrySentence({ handled, failed, left, ended }: RetryProgress, requested: number): string {
  const of = `${handled} of ${requested} handled`;
  if (!ended) return `${of}, ${left} to go`;
  return failed === 0 ? `${of}` : `${of}, ${failed} failed again`;
}
