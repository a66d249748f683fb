import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { exportEvents } from '#server/import-export/export-events.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

/** OrderReturned as version 1 had it: one article, no lines. */
const written = { sku: 'TEE', quantity: 1, reason: 'size' };
const present = { lines: [{ sku: 'TEE', quantity: 1 }], reason: 'size' };
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const streamId = parseStreamId('order-upcast');

describe('an event of an older shape', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
    const { eventStore } = tidemark.services;
    const lines = [{ sku: 'TEE', quantity: 2, unitPrice: eur(1900) }];
    await eventStore.append({
      streamId,
      expectedVersion: 'no_stream',
      events: [
        { eventType: 'OrderPlaced', data: { customerId: 'ada', lines, total: eur(3800) } },
        { eventType: 'OrderConfirmed', data: {} },
        { eventType: 'OrderShipped', data: { carrier: 'DHL', trackingNumber: '1' } },
        { eventType: 'OrderDelivered', data: {} },
        { eventType: 'OrderReturned', schemaVersion: 1, data: written },
      ],
    });
  });
  afterAll(() => tidemark.stop());

  test('is listed, folded and projected in its present shape, and its original stands beside it', async () => {
    const { eventStore, explorer, inspection } = tidemark.services;
    const { events } = await explorer.listEvents({ streamId });
    expect(events.at(-1)).toMatchObject({ schemaVersion: 2, data: present });
    const { state } = await explorer.streamState({ streamId });
    expect(state).toMatchObject({ status: 'returned', lines: [{ sku: 'TEE', quantity: 2, returned: 1 }] });
    const position = events.at(-1)?.globalPosition;
    if (position === undefined) throw new Error('five events were written');
    expect(await eventStore.readEvent(position)).toMatchObject({
      schemaVersion: 2,
      data: present,
      original: { schemaVersion: 1, data: written },
    });
    const { rows } = await explorer.readModel({ name: 'orders', atLeast: position });
    expect(rows).toMatchObject([{ orderId: streamId, status: 'returned', streamVersion: 5 }]);
    const { different } = await inspection.checkRows({ name: 'orders' });
    expect(different).toEqual([]);
    const provenance = await inspection.provenance({ name: 'orders', key: streamId });
    expect(provenance).toMatchObject({ equal: true, replayed: { status: 'returned' } });
  });

  test('the next command is decided on it, and its events are written under the present version', async () => {
    const { commandBus, eventStore } = tidemark.services;
    const send = (quantity: number) =>
      commandBus.handle({
        commandType: 'ReturnOrder',
        streamId,
        data: { lines: [{ sku: 'TEE', quantity }], reason: 'colour' },
        actor: 'test',
        waitForMs: 0,
      });
    expect((await send(2)).rejection?.code).toBe('return-exceeds-delivered');
    expect((await send(1)).outcome).toBe('accepted');
    const { events } = await eventStore.readStream(streamId, { after: 5 });
    expect(events).toMatchObject([{ eventType: 'OrderReturned', schemaVersion: 2 }]);
  });

  test('leaves in exports as it was written', async () => {
    const store = createPostgresEventStore(tidemark.database);
    const lines: string[] = [];
    for await (const line of exportEvents(store, {})) lines.push(line);
    expect(lines.map((line) => JSON.parse(line).data)).toContainEqual(written);
    await store.close();
  });

  test('snapshots made under another chain go when one is made under this', async () => {
    const { eventStore } = tidemark.services;
    const folder = { name: 'order', version: 1, initialState: {}, snapshots: { loadMs: 0, everyEvents: 2 } };
    const count = { ...folder, evolve: (state: object) => ({ n: ('n' in state ? Number(state.n) : 0) + 1 }) };
    const reducers = () =>
      tidemark.database.query<{ reducer: string }>('select distinct reducer from snapshots where stream_id = $1', [
        streamId,
      ]);
    const plain = createPostgresEventStore(tidemark.database);
    await plain.foldStream(streamId, count);
    await vi.waitFor(async () => expect(await reducers()).toEqual([{ reducer: 'order' }]));
    expect(await eventStore.foldStream(streamId, count)).toMatchObject({ snapshotVersion: null });
    await vi.waitFor(async () =>
      expect(await reducers()).toEqual([{ reducer: expect.stringMatching(/^order\+[0-9a-f]{12}$/) }]),
    );
    await plain.close();
  });
});
