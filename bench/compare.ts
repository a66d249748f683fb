import postgres from 'postgres';
import { arrange } from './arrange.ts';
import type { Cluster } from './cluster.ts';
import { vacuum } from './contestants/vacuum.ts';
import type { BenchOptions, Cases, Comparison, Outcome, Sample } from './measurement.ts';
import { LIMIT_TABLES } from './pgbench.ts';
import { findProgram, type ProgramName } from './programs.ts';
import { type RunningContestant, startContestant } from './start-contestant.ts';

/** One of those that take turns: a contestant, or a program that shows the limit. */
type Player = {
  name: string;
  url: string;
  turn(caseName: string, parameters: Record<string, number>): Promise<Sample | undefined>;
};

type Given = { cluster: Cluster; cases: Cases; options: BenchOptions; left(contestant: string): boolean };

/**
 * Runs a comparison in interleaved rounds, A B C A B C …, each after a CHECKPOINT. The first round warms up and is
 * thrown away; the ratios are of medians.
 */
export async function compare(name: string, measurement: Comparison, given: Given): Promise<Outcome> {
  const { cluster, cases, options } = given;
  const { rounds, seconds, progress } = options;
  const notes: string[] = [];
  const running: RunningContestant[] = [];
  const samples = new Map<string, Sample[]>();
  const players: Player[] = [];
  try {
    const contestants = [...measurement.contestants, ...(measurement.limitContestants ?? [])].filter(given.left);
    for (const contestant of contestants) players.push(await startPlayer(contestant));
    players.push(...(await limitPlayers()));
    for (let round = 0; round <= rounds; round += 1) {
      for (const [caseName, parameters] of Object.entries(cases)) {
        const line: string[] = [];
        for (const player of players) {
          await cluster.checkpoint();
          const sample = await player.turn(caseName, parameters);
          if (sample === undefined) continue;
          const key = `${caseName} ${player.name}`;
          if (round > 0) samples.set(key, [...(samples.get(key) ?? []), sample]);
          line.push(`${player.name} ${Number(sample.value.toPrecision(3))}`);
        }
        const which = round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
        progress(`${name}: ${which}, ${caseName}: ${line.join(', ')} ${measurement.unit}`);
      }
      if (round === 0) for (const { url } of players) await vacuum(url);
    }
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
  const names = players.map((player) => player.name);
  return { rounds, seconds, ...arrange(measurement, Object.keys(cases), names, samples), notes };

  async function startPlayer(contestant: string): Promise<Player> {
    const url = await cluster.createDatabase(`bench_${contestant.replace(/\W/g, '_')}`);
    const started = await startContestant(contestant, url);
    running.push(started);
    progress(`${name}: ${contestant} is made ready`);
    const { quick } = options;
    const message = { call: 'prepare', measurement: name, cases: Object.keys(cases) } as const;
    await started.ask({ ...message, options: { rounds, seconds, quick } });
    return {
      name: contestant,
      url,
      turn: (caseName, parameters) => started.ask({ call: 'turn', measurement: name, caseName, parameters, seconds }),
    };
  }

  async function limitPlayers(): Promise<Player[]> {
    const found: Player[] = [];
    for (const [program, runs] of Object.entries(measurement.limits ?? {})) {
      if (findProgram(program as ProgramName) === undefined) {
        notes.push(`${program} is not on this machine: the ratio to it is left out`);
        continue;
      }
      const url = await cluster.createDatabase(`bench_limit_${program}`);
      const sql = postgres(url, { max: 1 });
      await sql.unsafe(LIMIT_TABLES);
      await sql.end();
      for (const [limit, run] of Object.entries(runs)) {
        found.push({
          name: limit,
          url,
          turn: (caseName, parameters) => run({ url, seconds, caseName, parameters }),
        });
      }
    }
    return found;
  }
}
