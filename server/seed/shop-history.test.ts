import { describe, expect, test } from 'vitest';
import { createRegistry } from '#server/domain/registry.ts';
import { isRefusal } from '#server/kernel/decider.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { createDueQueue } from './due-queue.ts';
import { createRandom } from './random.ts';
import { readSeedArguments } from './seed-arguments.ts';
import { type ShopEvent, shopHistory } from './shop-history.ts';
import { createTimeOfEvent } from './time-of-event.ts';

const registry = createRegistry();
const history = (plan: { events: number; streams: number; seed?: number }) => [
  ...shopHistory({ seed: 1, ...plan }, registry),
];

/** The command that has this event for its answer, read off the event alone. */
function commandOf({ eventType, data, metadata }: ShopEvent): { commandType: string; data: JsonObject } {
  const { total: _, ...placed } = data;
  const { quantity: __, ...ofOrder } = data;
  switch (eventType) {
    case 'OrderPlaced':
      return { commandType: 'PlaceOrder', data: placed };
    case 'StockDispatched':
    case 'ReservationReleased':
      return { commandType: metadata.commandType as string, data: ofOrder };
    case 'PaymentCaptured':
      return { commandType: 'CapturePayment', data: {} };
    default:
      return { commandType: metadata.commandType as string, data };
  }
}

describe('a seeded history', () => {
  test('every event is what its decider answers to the command, schema and all', () => {
    const states = new Map<string, JsonObject>();
    for (const event of history({ events: 20_000, streams: 4000 })) {
      const decider = registry.deciderFor(categoryOf(event.streamId));
      if (decider === undefined) throw new Error(`no decider for ${event.streamId}`);
      const command = commandOf(event);
      const { schema } = registry.commandType(command.commandType) ?? {};
      expect(schema?.safeParse(command.data).error).toBeUndefined();
      const state = states.get(event.streamId) ?? decider.initialState;
      const decision = decider.decide({ ...command, streamId: event.streamId, receivedAt: '', actor: '' }, state);
      if (isRefusal(decision)) throw new Error(`${event.streamId} ${event.eventType}: ${decision.refused.code}`);
      expect(decision).toEqual([{ eventType: event.eventType, data: event.data }]);
      states.set(event.streamId, decider.evolve(state, event));
    }
    const shapes = new Set([...states.values()].map((state) => state.status ?? 'stock'));
    for (const status of ['delivered', 'cancelled', 'returned', 'captured', 'declined', 'refunded', 'stock']) {
      expect(shapes).toContain(status);
    }
  });

  test.each([
    { events: 1, streams: 1 },
    { events: 500, streams: 500 },
    { events: 3000, streams: 1 },
    { events: 3000, streams: 7 },
    { events: 10_000, streams: 2000 },
    { events: 10_000, streams: 9000 },
  ])('has exactly $events events in $streams streams', (plan) => {
    const events = history(plan);
    expect(events).toHaveLength(plan.events);
    expect(new Set(events.map((event) => event.streamId)).size).toBe(plan.streams);
    expect(new Set(events.map((event) => event.eventId)).size).toBe(plan.events);
  });

  test('is the same for the same seed, and shares no stream with another', () => {
    const plan = { events: 2000, streams: 400 };
    expect(history(plan)).toEqual(history(plan));
    const ids = new Set(history(plan).map((event) => event.streamId));
    expect(history({ ...plan, seed: 2 }).filter((event) => ids.has(event.streamId))).toEqual([]);
  });

  test('an order and all that it caused are one correlation, each event caused by one before it', () => {
    const seen = new Map<string, ShopEvent>();
    let caused = 0;
    for (const event of history({ events: 5000, streams: 1000 })) {
      const cause = seen.get(event.metadata.causationId ?? '');
      if (cause === undefined) expect(event.metadata.causationId).toBe(event.metadata.commandId);
      else {
        expect(event.metadata.correlationId).toBe(cause.metadata.correlationId);
        caused += 1;
      }
      seen.set(event.eventId, event);
    }
    expect(caused).toBeGreaterThan(1000);
  });
});

describe('the times of a history', () => {
  test('ascend within the stretch, and leave hours without an event', () => {
    const from = Date.UTC(2026, 0, 1);
    const to = from + 30 * 86_400_000;
    const timeOfEvent = createTimeOfEvent({ from, to, count: 50_000 }, createRandom(1));
    const times = Array.from({ length: 50_000 }, (_, index) => timeOfEvent(index));
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...steps)).toBeGreaterThan(3_600_000);
    expect(times[0]).toBeGreaterThanOrEqual(from);
    expect(times.at(-1)).toBeLessThan(to);
  });
});

test('a queue gives what is due first', () => {
  const queue = createDueQueue<number>();
  const random = createRandom(3);
  const dues = Array.from({ length: 500 }, () => random.whole(0, 100));
  for (const due of dues) queue.put(due, due);
  expect(dues.map(() => queue.take())).toEqual(dues.toSorted((a, b) => a - b));
  expect(queue.take()).toBeUndefined();
});

describe('the arguments of the seeder', () => {
  const now = Date.UTC(2026, 0, 31);
  test('have defaults, and a length that suits the number of events', () => {
    expect(readSeedArguments(['--events', '1_000_000'], now)).toEqual({
      events: 1_000_000,
      streams: 166_666,
      seed: 1,
      from: now - 31 * 86_400_000,
      to: now,
    });
  });

  test.each([
    [['--events', 'many'], '--events'],
    [['--events', '10', '--streams', '11'], '--streams'],
    [['--until', 'yesterday'], '--until'],
  ])('%j names %s', (args, field) => {
    expect(() => readSeedArguments(args, now)).toThrowError(expect.objectContaining({ details: { field } }));
  });
});
