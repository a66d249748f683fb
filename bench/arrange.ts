import type { Comparison, Outcome, Sample, Summary } from './measurement.ts';
import { ratio, summarize } from './statistics.ts';

type Arranged = Required<Pick<Outcome, 'figures' | 'peers' | 'limits' | 'ratios'>>;

/** Samples by `<case> <name>` to medians by case: ours, the peers, the limits, and how we stand to each of them. */
export function arrange(
  { contestants, better, unit }: Comparison,
  cases: readonly string[],
  names: readonly string[],
  samples: ReadonlyMap<string, Sample[]>,
): Arranged {
  const [ours] = contestants;
  const outcome: Arranged = { figures: {}, peers: {}, limits: {}, ratios: {} };
  for (const caseName of cases) {
    const summaries = names.flatMap((name): [string, Summary][] => {
      const taken = samples.get(`${caseName} ${name}`);
      return taken === undefined ? [] : [[name, summarize(taken)]];
    });
    const mine = summaries.find(([name]) => name === ours)?.[1];
    if (mine) outcome.figures[caseName] = { unit, ...mine };
    const others = summaries.filter(([name]) => name !== ours);
    const isPeer = ([name]: [string, Summary]) => contestants.includes(name);
    outcome.peers[caseName] = Object.fromEntries(others.filter(isPeer));
    outcome.limits[caseName] = Object.fromEntries(others.filter((one) => !isPeer(one)));
    if (mine)
      outcome.ratios[caseName] = Object.fromEntries(
        others.map(([name, theirs]) => [name, ratio(mine.median, theirs.median, better)]),
      );
  }
  return outcome;
}
