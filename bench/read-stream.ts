import type { Contestant } from './contestant.ts';
import type { Cases, Comparison, Sample, TurnOptions } from './measurement.ts';
import { payload } from './payload.ts';
import { quantile } from './statistics.ts';

/** Streams of a length: enough that the same one is not read again and again. */
const STREAMS: Record<number, number> = { 100: 200, 10000: 4 };

/** Whole streams, one after the other by one reader, every event decoded. */
export const readStream: Comparison = {
  kind: 'comparison',
  title: 'Reading a stream: events a second',
  unit: 'events/s',
  better: 'higher',
  cases: () => ({ 'events-100': { events: 100, bytes: 300 }, 'events-10000': { events: 10_000, bytes: 300 } }),
  contestants: ['tidemark', 'emmett', 'castore', 'message-db', 'act'],
  limitContestants: ['node-decode'],
  async prepare(contestant: Contestant, cases: Cases) {
    for (const { events = 0, bytes = 300 } of Object.values(cases)) {
      await contestant.seed({ prefix: `read${events}`, streams: STREAMS[events] ?? 1, events, event: payload(bytes) });
    }
  },
  turn,
};

async function turn(contestant: Contestant, { seconds, parameters }: TurnOptions): Promise<Sample> {
  const { events = 0 } = parameters;
  const durations: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  for (let stream = 0; performance.now() < until; stream += 1) {
    const from = performance.now();
    let seen = 0;
    await contestant.readStream(`read${events}-${1 + (stream % (STREAMS[events] ?? 1))}`, ({ orderId }) => {
      if (orderId !== undefined) seen += 1;
    });
    if (seen !== events) throw new Error(`${seen} events were read in place of ${events}`);
    durations.push(performance.now() - from);
  }
  const elapsed = (performance.now() - startedAt) / 1000;
  return { value: (durations.length * events) / elapsed, p50Ms: quantile(durations, 0.5) };
}
