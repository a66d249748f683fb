import type { Contestant } from './contestant.ts';
import type { Cases, Comparison, Sample, TurnOptions } from './measurement.ts';
import { payload } from './payload.ts';
import { median, quantile } from './statistics.ts';

const STREAM = 'aggregate-1';

/** At least this many loads a turn, however long one takes. */
const LOADS_MIN = 2;

/**
 * The state of one long stream: as the store loads it, from its first event on, and as of two versions. `version` 0 is
 * the last one.
 */
export const loadAggregate: Comparison = {
  kind: 'comparison',
  title: 'Loading one aggregate of 100,000 events: milliseconds',
  unit: 'ms',
  better: 'lower',
  seconds: 1,
  cases: ({ quick }) => {
    const events = quick ? 10_000 : 100_000;
    return {
      'with-snapshot': { events, snapshot: 1, version: 0 },
      'without-snapshot': { events, snapshot: 0, version: 0 },
      'version-10': { events, snapshot: 1, version: 10 },
      'version-90-percent': { events, snapshot: 1, version: events * 0.9 },
    };
  },
  contestants: ['tidemark', 'emmett', 'castore', 'message-db', 'act'],
  limitContestants: ['node-decode'],
  async prepare(contestant: Contestant, cases: Cases) {
    const [{ events = 0 } = {}] = Object.values(cases);
    await contestant.seed({ prefix: 'aggregate', streams: 1, events, event: payload(300) });
  },
  turn,
};

async function turn(contestant: Contestant, { seconds, parameters }: TurnOptions): Promise<Sample | undefined> {
  const { events = 0, snapshot = 0, version = 0 } = parameters;
  const wanted = version === 0 ? events : version;
  const load = contestant.load ?? ((stream, options) => fold(contestant, stream, options));
  const durations: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (durations.length < LOADS_MIN || performance.now() < until) {
    const from = performance.now();
    const loading = load(STREAM, { snapshot: snapshot === 1, version: version === 0 ? undefined : version });
    if (loading === undefined) return undefined;
    const count = await loading;
    durations.push(performance.now() - from);
    if (count !== wanted) throw new Error(`the state counts ${count} in place of ${wanted}`);
  }
  // The first load of a store with snapshots is the one that leaves them: it is no more than a warm-up.
  durations.shift();
  return { value: median(durations), p99Ms: quantile(durations, 0.99), loads: durations.length };
}

/** What a program does over a store that has neither snapshots nor a way of its own to load. */
function fold(contestant: Contestant, stream: string, { version }: { version: number | undefined }) {
  if (version !== undefined) return undefined;
  let count = 0;
  const reading = contestant.readStream(stream, ({ orderId }) => {
    if (orderId !== undefined) count += 1;
  });
  return reading.then(() => count);
}
