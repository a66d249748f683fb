import { createSequence, fromLogs } from '#server/compare/statistics/confidence-sequence.ts';
import { decideOutcome } from '#server/compare/statistics/decide-outcome.ts';
import { createRandom } from '#server/compare/statistics/random.ts';
import type { Special } from './measurement.ts';
import { quantile, single } from './statistics.ts';

const RUNS = 2000;
const PAIRS_MAX = 2000;
const SLOWER = 0.1;
const MATTERS = 0.05;
const SEED = 20_261_126;

/**
 * Simulated comparisons that are looked at after every pair of batches and stopped at the first verdict. Without a
 * difference each verdict for one of the two is wrong; with one of 10 % the right one is that the other is better. Times
 * of a batch are log-normal with a tail: one in fifty takes three times as long.
 */
export const verdict: Special = {
  kind: 'special',
  title: 'Verdicts under constant peeking: false alarms and power',
  async run(_, { quick, progress }) {
    const runs = quick ? 200 : RUNS;
    progress(`${runs} runs without a difference`);
    const equal = simulate(runs, 0, SEED);
    progress(`${runs} runs with a slowdown of ${SLOWER * 100} %`);
    const slower = simulate(runs, SLOWER, SEED + 1);
    const found = slower.filter((run) => run.outcome === 'a_better');
    const share = (list: readonly unknown[]) => list.length / runs;
    return {
      rounds: 1,
      figures: {
        wrongVerdicts: single(
          share(equal.filter((run) => run.outcome === 'a_better' || run.outcome === 'b_better')),
          'of runs',
        ),
        intervalsThatLeftZero: single(share(equal.filter((run) => run.leftZero)), 'of runs'),
        peekedFixedIntervals: single(share(equal.filter((run) => run.fixedLeftZero)), 'of runs'),
        saidNoDifference: single(share(equal.filter((run) => run.outcome === 'no_difference_that_matters')), 'of runs'),
        slowdownFound: single(share(found), 'of runs'),
        pairsToFindIt: single(
          quantile(
            found.map((run) => run.pairs),
            0.5,
          ),
          'pairs',
        ),
        pairsToFindItP95: single(
          quantile(
            found.map((run) => run.pairs),
            0.95,
          ),
          'pairs',
        ),
      },
      notes: [`a run ends at ${PAIRS_MAX} pairs; a change of ${MATTERS * 100} % matters; seed ${SEED}`],
    };
  },
};

type Run = { outcome: string; pairs: number; leftZero: boolean; fixedLeftZero: boolean };

function simulate(runs: number, slower: number, seed: number): Run[] {
  const random = createRandom(seed);
  const logTime = () => 0.25 * normal(random) + (random() < 0.02 ? Math.log(3) : 0);
  return Array.from({ length: runs }, () => {
    const sequence = createSequence();
    const result: Run = { outcome: 'not_enough_data', pairs: 0, leftZero: false, fixedLeftZero: false };
    let sum = 0;
    let squares = 0;
    while (result.pairs < PAIRS_MAX && result.outcome === 'not_enough_data') {
      const difference = logTime() + Math.log1p(slower) - logTime();
      sequence.add(difference);
      result.pairs += 1;
      sum += difference;
      squares += difference ** 2;
      const interval = sequence.interval();
      if (interval === undefined) continue;
      result.leftZero ||= interval.low > 0 || interval.high < 0;
      const mean = sum / result.pairs;
      const error = Math.sqrt((squares / result.pairs - mean ** 2) / result.pairs);
      result.fixedLeftZero ||= Math.abs(mean) > 1.96 * error;
      result.outcome = decideOutcome(fromLogs(interval), { matters: MATTERS, better: 'lower' });
    }
    return result;
  });
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
