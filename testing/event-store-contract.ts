import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { type ExpectedVersion, versionMatches } from '#server/kernel/expected-version.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';

/** What every event store must do. Each adapter's test file calls this with a way to make one. */
export function describeEventStore(name: string, open: () => Promise<{ store: EventStore; close(): Promise<void> }>) {
  describe(`event store contract: ${name}`, () => {
    let store: EventStore;
    let close = async () => {};
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    const newStream = (category = 'contract'): StreamId => parseStreamId(`${category}-${randomUUID()}`);
    const event = (eventType = 'Happened', data = {}) => ({ eventType, data });
    const appendTo = (streamId: StreamId, count = 1, expectedVersion: ExpectedVersion = 'any') =>
      store.append({
        streamId,
        expectedVersion,
        events: Array.from({ length: count }, (_, n) => event('Happened', { n })),
      });

    test('an append gives the version and the position of its last event', async () => {
      const streamId = newStream();
      const first = await appendTo(streamId, 3);
      expect(first).toMatchObject({ streamId, streamVersion: 3, appended: 3, duplicate: false });
      const second = await appendTo(streamId, 2);
      expect(second.streamVersion).toBe(5);
      expect(comparePositions(second.globalPosition, first.globalPosition)).toBeGreaterThan(0);
    });

    test('an event comes back as it was written', async () => {
      const streamId = newStream();
      const written = {
        eventId: randomUUID(),
        eventType: 'OrderPlaced',
        schemaVersion: 3,
        data: { text: 'שלום "quoted" \\ \u200d\n', nested: { list: [1, null, true, 0.1] }, empty: {} },
        metadata: { correlationId: 'c', actor: 'ada', other: [1] },
        occurredAt: '2009-06-26T11:56:18-07:00',
      };
      const { globalPosition } = await store.append({ streamId, expectedVersion: 'no_stream', events: [written] });
      const { events } = await store.readStream(streamId);
      expect(events).toEqual([
        {
          ...written,
          streamId,
          category: 'contract',
          streamVersion: 1,
          globalPosition,
          occurredAt: '2009-06-26T18:56:18.000Z',
          recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ]);
      expect(await store.readEvent(globalPosition)).toEqual(events[0]);
    });

    test.each<[ExpectedVersion, number, boolean]>([
      ['any', 0, true],
      ['any', 2, true],
      ['no_stream', 0, true],
      ['no_stream', 2, false],
      ['stream_exists', 0, false],
      ['stream_exists', 2, true],
      [0, 0, true],
      [0, 2, false],
      [1, 2, false],
      [2, 2, true],
      [3, 2, false],
    ])('expected version %s against a stream at %i: accepted %s', async (expectedVersion, actual, accepted) => {
      const streamId = newStream();
      if (actual > 0) await appendTo(streamId, actual);
      const answer = appendTo(streamId, 1, expectedVersion);
      if (accepted) {
        expect((await answer).streamVersion).toBe(actual + 1);
      } else {
        await expect(answer).rejects.toMatchObject({
          code: 'expected-version-conflict',
          details: { actualVersion: actual },
        });
        expect((await store.readStream(streamId)).events).toHaveLength(actual);
      }
    });

    test('the same events again give the first answer, whatever has happened since', async () => {
      const streamId = newStream();
      const events = [
        { eventId: randomUUID(), ...event('A', { b: 1, a: [1, 2] }) },
        { eventId: randomUUID(), ...event('B') },
      ];
      const first = await store.append({ streamId, expectedVersion: 0, events });
      await appendTo(streamId, 1);
      for (const expectedVersion of [0, 'any', 'no_stream'] as const) {
        const again = await store.append({ streamId, expectedVersion, events });
        expect(again).toEqual({ ...first, appended: 0, duplicate: true });
      }
      expect((await store.readStream(streamId)).events).toHaveLength(3);
    });

    test.each([
      ['another type', (id: string) => [{ eventId: id, eventType: 'Other', data: { a: 1 } }]],
      ['other data', (id: string) => [{ eventId: id, eventType: 'A', data: { a: 2 } }]],
      ['only a part of an append', (id: string) => [{ eventId: id, eventType: 'A', data: { a: 1 } }, event()]],
    ])('an event id used before with %s is refused by name, and nothing is written', async (_, again) => {
      const streamId = newStream();
      const eventId = randomUUID();
      await store.append({ streamId, expectedVersion: 0, events: [{ eventId, eventType: 'A', data: { a: 1 } }] });
      await expect(store.append({ streamId, expectedVersion: 'any', events: again(eventId) })).rejects.toMatchObject({
        code: 'event-id-reused',
        details: { eventId },
      });
      expect((await store.readStream(streamId)).events).toHaveLength(1);
    });

    test('an event id of another stream is refused', async () => {
      const events = [{ eventId: randomUUID(), ...event() }];
      await store.append({ streamId: newStream(), expectedVersion: 0, events });
      await expect(store.append({ streamId: newStream(), expectedVersion: 0, events })).rejects.toMatchObject({
        code: 'event-id-reused',
      });
    });

    test.each([
      ['events', []],
      ['events', Array.from({ length: 1001 }, () => event())],
      ['events[0].eventId', [{ ...event(), eventId: 'no-uuid' }]],
      ['events[0].eventType', [event('')]],
      ['events[0].eventType', [event('has space')]],
      ['events[0].schemaVersion', [{ ...event(), schemaVersion: 0 }]],
      ['events[1].data.a[0].b', [event(), event('A', { a: [{ b: 'nul \u0000' }] })]],
      ['events[0].data.a', [event('A', { a: '\ud800' })]],
      ['events[0].data.a', [event('A', { a: 2 ** 53 })]],
      ['events[0].data.a', [event('A', { a: Number.POSITIVE_INFINITY })]],
      ['events[0].data', [event('A', JSON.parse('{"__proto__": 1}'))]],
      ['events[0].occurredAt', [{ ...event(), occurredAt: 'yesterday' }]],
      ['events[0].occurredAt', [{ ...event(), occurredAt: '+010000-01-01T00:00:00Z' }]],
    ])('a wrong %s is refused by name, and nothing is written', async (field, events) => {
      const streamId = newStream();
      await expect(store.append({ streamId, expectedVersion: 'any', events })).rejects.toMatchObject({
        code: 'bad-request',
        details: { field },
      });
      expect((await store.readStream(streamId)).events).toEqual([]);
    });

    test('a stream is read in pages, forward and backward', async () => {
      const streamId = newStream();
      await appendTo(streamId, 7);
      const versions = async (direction: 'forward' | 'backward') => {
        const seen: number[] = [];
        let after: number | undefined;
        do {
          const page = await store.readStream(streamId, { after, limit: 3, direction });
          seen.push(...page.events.map((one) => one.streamVersion));
          after = page.nextAfter ?? undefined;
        } while (after !== undefined);
        return seen;
      };
      expect(await versions('forward')).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await versions('backward')).toEqual([7, 6, 5, 4, 3, 2, 1]);
    });

    test('the global order has each event once, by category and type where asked', async () => {
      const category = `c${randomUUID().slice(0, 8)}`;
      const { position: before } = await store.highWaterMark();
      const a = newStream(category);
      const b = newStream(category);
      for (let turn = 0; turn < 5; turn += 1) {
        await store.append({ streamId: a, expectedVersion: turn, events: [event('A')] });
        await store.append({ streamId: b, expectedVersion: turn, events: [event('B')] });
        await appendTo(newStream(), 1);
      }
      const collect = async (filter: { categories?: string[]; eventTypes?: string[] }) => {
        const events: RecordedEvent[] = [];
        let after: Position | null = before;
        while (after !== null) {
          const page = await store.readAll({ ...filter, after, limit: 2 });
          events.push(...page.events);
          after = page.nextAfter;
        }
        return events;
      };
      const all = await collect({});
      expect(all).toHaveLength(15);
      const positions = all.map((one) => one.globalPosition);
      expect(positions).toEqual([...positions].sort(comparePositions));
      expect((await collect({ categories: [category] })).map((one) => one.eventType).join('')).toBe('ABABABABAB');
      expect(await collect({ categories: [category], eventTypes: ['B'] })).toHaveLength(5);
      expect(await collect({ categories: ['nobody'] })).toEqual([]);
    });

    test('a subscription goes from the past to the present without a seam, and stops', async () => {
      const streamId = newStream();
      const { position: after } = await store.highWaterMark();
      await appendTo(streamId, 50);
      const seen: number[] = [];
      let onSeen = () => {};
      const until = (count: number) =>
        new Promise<void>((resolve) => {
          onSeen = () => seen.length >= count && resolve();
          onSeen();
        });
      const subscription = store.subscribe({
        after,
        limit: 7,
        onEvents(events) {
          seen.push(...events.filter((one) => one.streamId === streamId).map((one) => one.streamVersion));
          onSeen();
        },
      });
      await appendTo(streamId, 50);
      await until(100);
      await appendTo(streamId, 1);
      await until(101);
      await subscription.stop();
      await appendTo(streamId, 1);
      expect(seen).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
    });

    test('a subscription whose handler throws says so', async () => {
      const { position: after } = await store.highWaterMark();
      const subscription = store.subscribe({
        after,
        onEvents() {
          throw new Error('handler failed');
        },
      });
      const failed = expect(subscription.done).rejects.toThrow('handler failed');
      await appendTo(newStream());
      await failed;
    });

    test('of many writers who expect the same version exactly one wins', async () => {
      const streamId = newStream();
      const answers = await Promise.allSettled(Array.from({ length: 12 }, () => appendTo(streamId, 2, 0)));
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
      expect((await store.readStream(streamId)).events).toHaveLength(2);
    });

    test('versions follow the model for any sequence of appends', async () => {
      const beliefs = fc.oneof(fc.constantFrom('any', 'no_stream', 'stream_exists'), fc.nat({ max: 6 }));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(beliefs, fc.integer({ min: 1, max: 3 })), { maxLength: 8 }),
          async (appends) => {
            const streamId = newStream();
            let version = 0;
            for (const [belief, count] of appends) {
              const expectedVersion = belief as ExpectedVersion;
              const accepted = await appendTo(streamId, count, expectedVersion).then(
                () => true,
                () => false,
              );
              expect(accepted).toBe(versionMatches(expectedVersion, version));
              if (accepted) version += count;
            }
            const { events } = await store.readStream(streamId);
            expect(events.map((one) => one.streamVersion)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}
