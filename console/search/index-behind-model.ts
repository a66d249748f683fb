import type { ProjectionStatus } from '#server/projections/status.ts';

type Status = Pick<ProjectionStatus, 'sink' | 'state' | 'lagEvents' | 'lagSeconds' | 'lag'>;

/** The search projection that lacks events and either does not go on or is further behind than its objective. */
export function indexBehind<Projection extends Status>(projections: readonly Projection[]): Projection | undefined {
  return projections.find(({ sink, state, lagEvents, lagSeconds, lag }) => {
    const goesOn = state === 'running' || state === 'catching_up' || state === 'rebuilding';
    return sink === 'search' && lagEvents > 0 && (!goesOn || lagSeconds > lag.objectiveSeconds);
  });
}
