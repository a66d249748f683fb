import { expect, test } from 'vitest';
import type { EventHit } from '#server/explorer/searches.ts';
import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { areEventsMeant } from './events-meant.ts';

const stream = (match: 'words' | 'alike', streamId = 'order-1') => ({ streamId: streamId as StreamId, match });
const hit = (by: EventHit['match']['by']): EventHit => ({
  globalPosition: '1' as Position,
  streamId: 'order-1' as StreamId,
  streamVersion: 1,
  eventType: 'OrderPlaced',
  occurredAt: '2026-01-01T00:00:00Z',
  match: { by, where: null, text: '' },
});
const shipped = [{ eventType: 'OrderShipped', count: 3 }];

test('what was named exactly comes before what only resembles it', () => {
  const meant = (text: string, hits: EventHit[], types: typeof shipped, streams: ReturnType<typeof stream>[]) =>
    areEventsMeant(text, { hits, types }, streams);
  expect(meant('100194', [hit('position')], [], [stream('alike')])).toBe(true);
  expect(meant('ordershipped', [], shipped, [stream('words')])).toBe(true);
  expect(meant('OrderShiped', [], shipped, [stream('alike')])).toBe(true);
  expect(meant('order', [hit('payload')], shipped, [stream('words')])).toBe(false);
  expect(meant('order-1', [hit('payload')], [], [stream('words')])).toBe(false);
  expect(meant('lamp', [hit('payload')], [], [])).toBe(false);
});
