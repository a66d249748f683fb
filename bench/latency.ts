import { setTimeout as pause } from 'node:timers/promises';
import type { Contestant } from './contestant.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { quantile } from './statistics.ts';

/** Between two appends 5 to 95 ms, never the same, so that no poll runs in step with them. */
const GAP_MS_MIN = 5;
const GAP_MS_MAX = 95;

/** How long the last event of a turn is waited for. */
const LAST_MS_MAX = 5000;

let turns = 0;

/** From the call of `append` to the subscriber's handler, at twenty appends a second. */
export const latency: Comparison = {
  kind: 'comparison',
  title: 'Append to subscriber: milliseconds, median',
  unit: 'ms',
  better: 'lower',
  seconds: 6,
  rounds: 3,
  cases: () => ({ calm: {} }),
  contestants: ['tidemark', 'tidemark:notified', 'emmett:defaults', 'emmett', 'message-db'],
  turn,
};

async function turn(contestant: Contestant, { seconds }: TurnOptions): Promise<Sample | undefined> {
  if (contestant.subscribe === undefined) return undefined;
  turns += 1;
  const sentAt = new Map<number, number>();
  const delays: number[] = [];
  let onLast = () => {};
  const last = new Promise<void>((resolve) => {
    onLast = resolve;
  });
  let sending = true;
  const subscription = await contestant.subscribe(({ number, turn: ofTurn }) => {
    const from = sentAt.get(Number(number));
    if (from === undefined || ofTurn !== turns) return;
    sentAt.delete(Number(number));
    delays.push(performance.now() - from);
    if (!sending && sentAt.size === 0) onLast();
  });
  const until = performance.now() + seconds * 1000;
  let number = 0;
  for (; performance.now() < until; number += 1) {
    sentAt.set(number, performance.now());
    const event = { type: 'Sent', data: { turn: turns, number }, metadata: {} };
    await contestant.append(`latency-${process.pid}t${turns}n${number}`, [event], 0);
    await pause(GAP_MS_MIN + Math.random() * (GAP_MS_MAX - GAP_MS_MIN));
  }
  sending = false;
  if (sentAt.size > 0) await Promise.race([last, pause(LAST_MS_MAX)]);
  await subscription.stop();
  const missing = number - delays.length;
  return {
    value: quantile(delays, 0.5),
    p99Ms: quantile(delays, 0.99),
    maxMs: Math.max(...delays),
    events: number,
    missing,
  };
}
