import postgres from 'postgres';
import type { Cluster } from './cluster.ts';
import { vacuum } from './contestants/vacuum.ts';
import type { BenchOptions, Cases, Comparison, Outcome, Sample, Summary } from './measurement.ts';
import { LIMIT_TABLES } from './pgbench.ts';
import { findProgram } from './programs.ts';
import { type RunningContestant, startContestant } from './start-contestant.ts';
import { ratio, summarize } from './statistics.ts';

/** One of those that take turns: a contestant, or a program that shows the limit. */
type Player = {
  name: string;
  url: string;
  turn(caseName: string, parameters: Record<string, number>): Promise<Sample>;
};

/**
 * Runs a comparison in interleaved rounds, A B C A B C …, each after a CHECKPOINT. The first round warms up and is
 * thrown away; the ratios are of medians.
 */
export async function compare(
  name: string,
  measurement: Comparison,
  {
    cluster,
    cases,
    options,
    peers,
  }: { cluster: Cluster; cases: Cases; options: BenchOptions; peers: readonly string[] },
): Promise<Outcome> {
  const { rounds, progress } = options;
  const seconds = options.seconds;
  const notes: string[] = [];
  const running: RunningContestant[] = [];
  const players: Player[] = [];
  const samples = new Map<string, Sample[]>();
  try {
    for (const contestant of measurement.contestants) {
      if (!peers.includes(contestant.split(':')[0] ?? '')) continue;
      const url = await cluster.createDatabase(`bench_${contestant.replace(/\W/g, '_')}`);
      const started = await startContestant(contestant, url);
      running.push(started);
      progress(`${name}: ${contestant} is made ready`);
      const { quick } = options;
      await started.ask({
        call: 'prepare',
        measurement: name,
        cases: Object.keys(cases),
        options: { rounds, seconds, quick },
      });
      players.push({
        name: contestant,
        url,
        turn: (caseName, parameters) => started.ask({ call: 'turn', measurement: name, caseName, parameters, seconds }),
      });
    }
    if (measurement.limits && findProgram('pgbench') === undefined) {
      notes.push('pgbench is not on this machine: the ratio to the limit is left out');
    } else if (measurement.limits) {
      const url = await cluster.createDatabase('bench_limit');
      const sql = postgres(url, { max: 1 });
      await sql.unsafe(LIMIT_TABLES);
      await sql.end();
      for (const [limit, run] of Object.entries(measurement.limits)) {
        players.push({
          name: limit,
          url,
          turn: (caseName, parameters) => run(url, { seconds, caseName, parameters }),
        });
      }
    }
    for (let round = 0; round <= rounds; round += 1) {
      for (const [caseName, parameters] of Object.entries(cases)) {
        const line: string[] = [];
        for (const player of players) {
          await cluster.checkpoint();
          const sample = await player.turn(caseName, parameters);
          const key = `${caseName} ${player.name}`;
          if (round > 0) samples.set(key, [...(samples.get(key) ?? []), sample]);
          line.push(`${player.name} ${Number(sample.value.toPrecision(3))}`);
        }
        progress(
          `${name}: ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}, ${caseName}: ${line.join(', ')}`,
        );
      }
      if (round === 0) for (const { url } of players) await vacuum(url);
    }
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
  return { rounds, seconds, ...arrange(measurement, Object.keys(cases), players, samples), notes };
}

function arrange(measurement: Comparison, cases: string[], players: Player[], samples: Map<string, Sample[]>) {
  const { contestants, better, unit } = measurement;
  const [ours] = contestants;
  const outcome: Required<Pick<Outcome, 'figures' | 'peers' | 'limits' | 'ratios'>> = {
    figures: {},
    peers: {},
    limits: {},
    ratios: {},
  };
  for (const caseName of cases) {
    const summaries = Object.fromEntries(
      players.map(({ name }) => [name, summarize(samples.get(`${caseName} ${name}`) ?? [])] as const),
    );
    const mine = summaries[ours ?? ''];
    if (mine) outcome.figures[caseName] = { unit, ...mine };
    const others = Object.entries(summaries).filter(([name]) => name !== ours);
    const isPeer = ([name]: [string, Summary]) => contestants.includes(name) && name !== 'node-decode';
    outcome.peers[caseName] = Object.fromEntries(others.filter(isPeer));
    outcome.limits[caseName] = Object.fromEntries(others.filter((one) => !isPeer(one)));
    if (mine)
      outcome.ratios[caseName] = Object.fromEntries(
        others.map(([name, theirs]) => [name, ratio(mine.median, theirs.median, better)]),
      );
  }
  return outcome;
}
