import type { ProjectionState } from '#server/kernel/projection.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { StatusKind } from './ui/status-shape.tsx';

/** Whether no worker holds it: it is stopped, or stalled for want of one. */
export function isWithoutWorker({ lag }: Pick<ProjectionStatus, 'lag'>): boolean {
  return lag.cause === 'no_worker' || lag.cause === 'lease_lost';
}

/** Shape and word of each state of a projection, the same on every page. */
export const PROJECTION_STATUS: Record<ProjectionState, { kind: StatusKind; word: string }> = {
  running: { kind: 'running', word: 'running' },
  catching_up: { kind: 'working', word: 'catching up' },
  rebuilding: { kind: 'working', word: 'rebuilding' },
  paused: { kind: 'paused', word: 'paused' },
  stalled: { kind: 'held', word: 'stalled' },
  faulted: { kind: 'failed', word: 'faulted' },
  stopped: { kind: 'stopped', word: 'stopped' },
};
