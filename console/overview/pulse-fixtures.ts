import type { ProjectionState } from '#server/kernel/projection.ts';
import type { ProjectionStatus, ProjectionVersion } from '#server/projections/status.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

type Position = ProjectionStatus['checkpoint'];

const NO_CAUSE = { cause: null, message: null };
const NO_WORKER = { cause: 'no_worker', message: 'no worker runs' } as const;

/** A projection at the mark, or as `part` says. For tests and for the page that shows every state. */
export function projectionFixture(name: string, part: Partial<ProjectionStatus> = {}): ProjectionStatus {
  return {
    name,
    title: name,
    sink: 'sql',
    state: 'running' satisfies ProjectionState,
    version: 1,
    checkpoint: '4830298' as Position,
    lagEvents: 0,
    lagSeconds: 0,
    arrivalRate: 62.4,
    drainRate: 62.4,
    etaSeconds: null,
    lag: { objectiveSeconds: 5, eta: null, trend: 'steady', ...(part.state === 'stopped' ? NO_WORKER : NO_CAUSE) },
    updateMs: 5.1,
    acknowledges: true,
    categories: null,
    onFailure: 'stop',
    parked: 0,
    fault: null,
    previousVersion: null,
    updatedAt: '2026-11-23T13:32:08.000Z',
    versions: [versionFixture()],
    ...part,
  };
}

/** The serving version of a projection at the mark, or as `part` says. */
export function versionFixture(part: Partial<ProjectionVersion> = {}): ProjectionVersion {
  return {
    version: 1,
    codeVersion: 1,
    state: 'serving',
    run: 'running',
    checkpoint: '4830298' as Position,
    lagEvents: 0,
    lagSeconds: 0,
    eventsHandled: 1_204_388,
    parked: 0,
    progress: null,
    eventsPerSecondMax: null,
    paused: null,
    begun: { actor: 'tidemark', reason: 'first version', at: '2026-11-02T09:01:58.000Z' },
    built: true,
    promotable: false,
    whyNot: 'it is the one that readers see',
    worker: { processId: 4127, host: 'worker-1', leasedSeconds: 3.4 },
    epoch: 3,
    refusedWrites: 0,
    ...part,
  };
}

/** A pulse in which all is well, or as `part` says. */
export function pulseFixture(part: Partial<Pulse> = {}): Pulse {
  const wave = (base: number, swing: number) =>
    Array.from({ length: 60 }, (_, index) => base + swing * Math.sin(index / 3) * Math.cos(index / 7));
  return {
    at: '2026-11-23T13:32:08.000Z',
    database: { ok: true, answerMs: 0.4, serverVersion: '18.4', embedded: true },
    worker: { state: 'running', restarts: 0 },
    commands: {
      rate: 66.2,
      refusedRate: 3.8,
      callers: 9,
      p95Ms: 6.4,
      refusedP50Ms: 4.1,
      steps: [
        { step: 'receive', p50Ms: 0.2 },
        { step: 'validate', p50Ms: 0.3 },
        { step: 'load_events', p50Ms: 1.4 },
        { step: 'replay', p50Ms: 0.5 },
        { step: 'decide', p50Ms: 0.2 },
      ],
      conflictRetriesLastHour: 9,
    },
    store: {
      appendRate: 62.4,
      categories: [
        { category: 'stock', rate: 26.8 },
        { category: 'order', rate: 24.1 },
        { category: 'payment', rate: 11.5 },
      ],
      events: 4_830_310,
      streams: 1_204_388,
      empty: false,
      appendP50Ms: 2.6,
      publishP50Ms: 0.4,
      queryStateP50Ms: 1.2,
    },
    acknowledged: {
      rate: 62.4,
      acceptedLastMinute: 3744,
      pending: 0,
      oldestPendingSeconds: null,
      p50Ms: 14,
      p95Ms: 31,
      atLeast: false,
    },
    projections: {
      projections: [
        projectionFixture('orders'),
        projectionFixture('density', { acknowledges: false }),
        projectionFixture('search', { sink: 'search', updateMs: 11.8 }),
      ],
      highWaterMark: '4830298' as Position,
      head: '4830310' as Position,
      heldBy: null,
    },
    history: { appendRate: wave(62, 5), worstLagSeconds: wave(0.3, 0.1), headGap: wave(12, 6) },
    ...part,
  };
}
