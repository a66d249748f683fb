import type { BenchEvent, Contestant } from './contestant.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { payloads } from './payload.ts';
import { pgbenchBare, pgbenchInsert } from './pgbench.ts';
import { quantile } from './statistics.ts';

/** Appends that a stream gets before its writer goes on to a fresh one. */
const APPENDS_OF_A_STREAM = 4;

/** message-db lets one writer into a category at a time; a shop of some size has about this many. */
const CATEGORIES = 16;

/**
 * Events a second that writers append, each to streams of its own with the version it expects. One append in four opens
 * a stream, the other three go on with it.
 */
export const append: Comparison = {
  kind: 'comparison',
  title: 'Append: events a second',
  unit: 'events/s',
  better: 'higher',
  seconds: 1,
  rounds: 3,
  cases: () => ({
    'writers-1': { writers: 1, bytes: 300, events: 1 },
    'writers-16': { writers: 16, bytes: 300, events: 1 },
    'writers-64': { writers: 64, bytes: 300, events: 1 },
    'writers-1-4kb': { writers: 1, bytes: 4096, events: 1 },
    'writers-16-4kb': { writers: 16, bytes: 4096, events: 1 },
    'writers-64-4kb': { writers: 64, bytes: 4096, events: 1 },
    'writers-1-batches-of-10': { writers: 1, bytes: 300, events: 10 },
    'writers-16-batches-of-10': { writers: 16, bytes: 300, events: 10 },
    'writers-64-batches-of-10': { writers: 64, bytes: 300, events: 10 },
    'writers-1-batches-of-100': { writers: 1, bytes: 300, events: 100 },
    'writers-16-batches-of-100': { writers: 16, bytes: 300, events: 100 },
    'writers-64-batches-of-100': { writers: 64, bytes: 300, events: 100 },
  }),
  contestants: ['tidemark', 'emmett', 'castore', 'message-db', 'act'],
  limits: { pgbench: { pgbench: pgbenchInsert, 'pgbench-bare': pgbenchBare } },
  turn,
};

let turns = 0;

async function turn(contestant: Contestant, { seconds, parameters }: TurnOptions): Promise<Sample> {
  const { writers = 1, bytes = 300, events = 1 } = parameters;
  const pool = payloads(bytes);
  const durations: number[] = [];
  turns += 1;
  const run = `${process.pid.toString(36)}t${turns}`;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;

  async function write(writer: number): Promise<void> {
    for (let count = 0; performance.now() < until; count += 1) {
      const nth = count % APPENDS_OF_A_STREAM;
      const stream = `bench${writer % CATEGORIES}-${run}w${writer}s${(count - nth) / APPENDS_OF_A_STREAM}`;
      const from = performance.now();
      await contestant.append(stream, take(pool, count, events), nth * events);
      durations.push(performance.now() - from);
    }
  }

  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const elapsed = (performance.now() - startedAt) / 1000;
  return {
    value: (durations.length * events) / elapsed,
    p50Ms: quantile(durations, 0.5),
    p99Ms: quantile(durations, 0.99),
  };
}

function take(pool: readonly BenchEvent[], from: number, count: number): BenchEvent[] {
  return Array.from({ length: count }, (_, index) => pool[(from + index) % pool.length] as BenchEvent);
}
