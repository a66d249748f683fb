import type { Pulse } from '#server/pulse/pulse.ts';

export type WorstLag = { name: string | null; seconds: number; objectiveSeconds: number; late: boolean };

/**
 * The projection that is worst by its own objective: the one that has used up the largest share of it. Where none is
 * behind, the tightest objective that is set.
 */
export function worstLag({ projections: { projections } }: Pulse): WorstLag {
  const tightest = Math.min(...projections.map(({ lag }) => lag.objectiveSeconds));
  let worst: WorstLag = {
    name: null,
    seconds: 0,
    objectiveSeconds: Number.isFinite(tightest) ? tightest : 0,
    late: false,
  };
  for (const { name, lagSeconds, lag } of projections) {
    const share = lagSeconds / lag.objectiveSeconds;
    if (lagSeconds > 0 && share > worst.seconds / worst.objectiveSeconds) {
      worst = { name, seconds: lagSeconds, objectiveSeconds: lag.objectiveSeconds, late: share > 1 };
    }
  }
  return worst;
}
