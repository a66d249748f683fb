import type { Contestant } from './contestant.ts';
import type { Cases, Comparison, Sample, TurnOptions } from './measurement.ts';
import { payload } from './payload.ts';

const STREAM_EVENTS = 50;

/**
 * The whole store from its start. A turn ends with the last event or after its time, whichever is first: a peer that
 * needs longer has its rate of as much as it read.
 */
export const catchUp: Comparison = {
  kind: 'comparison',
  title: 'Catch-up over the whole store: events a second',
  unit: 'events/s',
  better: 'higher',
  seconds: 10,
  rounds: 3,
  cases: ({ quick }) => {
    const events = quick ? 50_000 : 1_000_000;
    return { [`events-${events}`]: { events, bytes: 300 } };
  },
  contestants: ['tidemark', 'emmett', 'message-db', 'act'],
  limitContestants: ['node-decode'],
  async prepare(contestant: Contestant, cases: Cases) {
    for (const { events = 0, bytes = 300 } of Object.values(cases)) {
      await contestant.seed({
        prefix: 'seed',
        streams: events / STREAM_EVENTS,
        events: STREAM_EVENTS,
        event: payload(bytes),
      });
    }
  },
  turn,
};

async function turn(contestant: Contestant, { seconds, parameters }: TurnOptions): Promise<Sample | undefined> {
  if (contestant.catchUp === undefined) return undefined;
  const { events = 0 } = parameters;
  const ending = new AbortController();
  let seen = 0;
  let lastAt = 0;
  const startedAt = performance.now();
  const onEvents = (count: number) => {
    seen += count;
    lastAt = performance.now();
    if (lastAt - startedAt > seconds * 1000) ending.abort();
  };
  await contestant.catchUp(onEvents, ending.signal);
  if (!ending.signal.aborted && seen !== events) throw new Error(`${seen} events were read in place of ${events}`);
  return { value: seen / ((lastAt - startedAt) / 1000), events: seen };
}
