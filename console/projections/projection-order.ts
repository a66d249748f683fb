import type { ProjectionStatus } from '#server/projections/status.ts';

/** Lower stands first: what has faulted, does not move, is late, has parked events; then what is well. */
function rankOf({ state, lagSeconds, lag, parked }: ProjectionStatus): number {
  if (state === 'faulted') return 0;
  if (state === 'stalled' || state === 'stopped') return 1;
  if (lagSeconds > lag.objectiveSeconds) return 2;
  if (parked > 0) return 3;
  return state === 'running' ? 5 : 4;
}

/** Trouble first; what is equally well stays in the order of the server. */
export function troubleFirst(projections: readonly ProjectionStatus[]): ProjectionStatus[] {
  return [...projections].sort((a, b) => rankOf(a) - rankOf(b));
}
