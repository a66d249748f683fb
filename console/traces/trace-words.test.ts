import { expect, test } from 'vitest';
import type { Trace } from '#server/explorer/traces.ts';
import type { TraceModel } from './trace-model.ts';
import { traceSentence } from './trace-words.ts';

type Row = TraceModel['rows'][number];

const event = (eventType: string, depth: number) => ({ kind: 'event', event: { eventType }, depth }) as Row;
const command = (commandType: string, outcome = 'accepted') =>
  ({ kind: 'command', command: { commandType, outcome }, depth: 0 }) as Row;

function sentence(rows: Row[], more: Partial<Trace> = {}): string {
  const events = rows.flatMap((row) => (row.kind === 'event' ? [row.event] : []));
  const trace = { events, truncated: false, eventsMax: 5000, ...more } as Trace;
  return traceSentence(trace, { rows, totalMs: 99, startedAt: 0, streams: 2, deepest: 1 });
}

test.each([
  [[command('PlaceOrder'), event('OrderPlaced', 1)], 'PlaceOrder led to 1 event in 2 streams, over 99.0 ms.'],
  [[event('OrderPlaced', 0), event('Seen', 1)], 'OrderPlaced led to 1 event in 2 streams, over 99.0 ms.'],
  [[event('OrderPlaced', 0)], 'OrderPlaced led to nothing more.'],
  [[command('ShipOrder', 'rejected')], 'ShipOrder was refused, over 99.0 ms.'],
  [
    [command('StartFulfilment'), event('FulfilmentStarted', 1), event('FulfilmentOrderSeen', 0)],
    '2 events in 2 streams from 2 beginnings, StartFulfilment the first, over 99.0 ms.',
  ],
])('what began is not counted among what it led to: %#', (rows, says) => {
  expect(sentence(rows)).toBe(says);
});
