import type { Outcome } from '#server/compare/experiment.ts';
import type { Interval } from '#server/compare/report.ts';

/**
 * What an interval of a relative change says. Better or worse where it lies wholly on one side of zero and the estimate
 * is a change that matters; no difference where all of it is smaller than what matters; else too little is known.
 */
export function decideOutcome(
  change: Interval,
  { matters, better }: { matters: number; better: 'higher' | 'lower' },
): Extract<Outcome, 'b_better' | 'a_better' | 'no_difference_that_matters' | 'not_enough_data'> {
  const { low, estimate, high } =
    better === 'lower' ? change : { low: -change.high, estimate: -change.estimate, high: -change.low };
  if (low > -matters && high < matters) return 'no_difference_that_matters';
  if (high < 0 && estimate <= -matters) return 'b_better';
  if (low > 0 && estimate >= matters) return 'a_better';
  return 'not_enough_data';
}
