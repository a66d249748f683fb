import type { ProjectionState } from '#server/kernel/projection.ts';
import type { StatusKind } from './ui/status-shape.tsx';

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
