import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

const lines = [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }];
const placeOrder = (streamId: string, rest = {}) => ({
  commandType: 'PlaceOrder',
  streamId,
  data: { customerId: 'ada', lines },
  actor: 'test',
  waitForMs: 10_000,
  ...rest,
});

describe('how a command flows', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
  });
  afterAll(() => tidemark.stop());

  test('from the command to the acknowledged read model, the search index, and the live subscription', async () => {
    const { commandBus, eventStore, explorer } = tidemark.services;
    const streamId = `order-${randomUUID()}`;
    const { position: after } = await eventStore.highWaterMark();
    let onLive = (_: RecordedEvent) => {};
    const live = new Promise<RecordedEvent>((resolve) => {
      onLive = resolve;
    });
    const subscription = eventStore.subscribe({
      after,
      onEvents(events) {
        for (const event of events) if (event.streamId === streamId) onLive(event);
      },
    });

    const receipt = await commandBus.handle(placeOrder(streamId));

    expect(receipt.outcome).toBe('accepted');
    expect(receipt.steps.map(({ step }) => step)).toEqual([
      'receive',
      'validate',
      'load_events',
      'replay',
      'decide',
      'append',
      'publish',
      'project',
      'acknowledge',
      'query_state',
    ]);
    expect(receipt.steps.every(({ durationMs }) => durationMs >= 0)).toBe(true);
    expect(receipt.projections.map(({ name, sink, state }) => ({ name, sink, state }))).toEqual([
      { name: 'orders', sink: 'sql', state: 'applied' },
      { name: 'search', sink: 'search', state: 'applied' },
    ]);
    expect(receipt.state).toMatchObject({
      status: 'placed',
      customerId: 'ada',
      total: { amount: 3800, currency: 'EUR' },
    });

    const { rows } = await explorer.readModel({ name: 'orders', atLeast: receipt.globalPosition ?? undefined });
    expect(rows.find((row) => row.orderId === streamId)).toMatchObject({ status: 'placed', streamVersion: 1 });
    const { hits } = await explorer.search({ q: streamId });
    expect(hits[0]).toMatchObject({ streamId, category: 'order' });
    expect(await live).toMatchObject({ streamId, eventType: 'OrderPlaced', globalPosition: receipt.globalPosition });
    expect(await commandBus.run(receipt.commandId)).toMatchObject({ outcome: 'accepted', streamId });
    await subscription.stop();
  });

  test('a refusal answers with its code and the current state, and is kept', async () => {
    const { commandBus } = tidemark.services;
    const streamId = `order-${randomUUID()}`;
    const send = (commandType: string, data = {}) =>
      commandBus.handle({ commandType, streamId, data, actor: 'test', waitForMs: 0 });
    await send('PlaceOrder', { customerId: 'ada', lines });
    await send('ConfirmOrder');
    await send('ShipOrder', { carrier: 'DHL', trackingNumber: '1' });
    await send('DeliverOrder');
    const receipt = await send('CancelOrder', { reason: 'late' });
    expect(receipt).toMatchObject({
      outcome: 'rejected',
      rejection: { code: 'order-already-delivered' },
      state: { status: 'delivered' },
      streamVersion: 4,
      globalPosition: null,
      events: [],
    });
    expect(receipt.steps.map(({ step }) => step).slice(-2)).toEqual(['reject', 'query_state']);
    expect(await commandBus.run(receipt.commandId)).toMatchObject({ outcome: 'rejected' });
    expect(await send('DeliverOrder')).toMatchObject({ outcome: 'nothing_to_do', streamVersion: 4 });
  });

  test('a dry run tells what would be, and writes nothing', async () => {
    const { commandBus, eventStore } = tidemark.services;
    const streamId = `order-${randomUUID()}`;
    const before = await eventStore.highWaterMark();
    const receipt = await commandBus.handle(placeOrder(streamId, { dryRun: true }));
    expect(receipt).toMatchObject({
      dryRun: true,
      outcome: 'accepted',
      events: [{ eventType: 'OrderPlaced', streamVersion: 1, globalPosition: null }],
      state: { status: 'placed' },
    });
    expect((await eventStore.highWaterMark()).head).toBe(before.head);
    await expect(commandBus.run(receipt.commandId)).rejects.toMatchObject({ code: 'command-not-found' });
  });

  test('fifty calls of one command at once have one effect and one answer', async () => {
    const { commandBus, eventStore } = tidemark.services;
    const streamId = `order-${randomUUID()}`;
    const commandId = randomUUID();
    const receipts = await Promise.all(
      Array.from({ length: 50 }, () => commandBus.handle(placeOrder(streamId, { commandId }))),
    );
    expect(receipts.filter((receipt) => !receipt.repeated)).toHaveLength(1);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt.events))).size).toBe(1);
    expect((await eventStore.readStream(receipts[0]?.streamId ?? tidemark.unknown)).events).toHaveLength(1);
  });

  test('the same command after a crash between append and record has one effect', async () => {
    const { commandBus, eventStore } = tidemark.services;
    const streamId = `stock-${randomUUID()}`;
    const commandId = randomUUID();
    const request = { commandType: 'ReceiveStock', streamId, data: { quantity: 5 }, actor: 'test', commandId };
    const first = await commandBus.handle(request);
    await tidemark.database.query('delete from commands where command_id = $1', [commandId]);
    const again = await commandBus.handle(request);
    expect(again).toMatchObject({ outcome: 'accepted', repeated: true, events: first.events, state: { onHand: 5 } });
    expect((await eventStore.readStream(first.streamId)).events).toHaveLength(1);
  });

  test('a command id used for another command is refused', async () => {
    const { commandBus } = tidemark.services;
    const commandId = randomUUID();
    await commandBus.handle(placeOrder(`order-${randomUUID()}`, { commandId }));
    await expect(commandBus.handle(placeOrder(`order-${randomUUID()}`, { commandId }))).rejects.toMatchObject({
      code: 'command-id-reused',
      details: { field: 'commandId' },
    });
  });

  test('writers of one stream are decided in turn; none is lost, none reserves what another took', async () => {
    const { commandBus } = tidemark.services;
    const streamId = `stock-${randomUUID()}`;
    const send = (commandType: string, data: object) =>
      commandBus.handle({ commandType, streamId, data, actor: 'test', waitForMs: 0 });
    await send('ReceiveStock', { quantity: 5 });
    const receipts = await Promise.all(
      Array.from({ length: 12 }, (_, n) => send('ReserveStock', { orderId: `order-${n}`, quantity: 1 })),
    );
    expect(receipts.filter((receipt) => receipt.outcome === 'accepted')).toHaveLength(5);
    expect(receipts.filter((receipt) => receipt.rejection?.code === 'not-enough-stock')).toHaveLength(7);
  });

  test.each([
    ['commandType', 'unknown-command-type', { commandType: 'FlyOrder' }],
    ['streamId', 'bad-request', { streamId: 'stock-1' }],
    ['commandId', 'bad-request', { commandId: '1' }],
    ['data.customerId', 'bad-request', { data: { customerId: '', lines } }],
    ['data.lines[0].quantity', 'bad-request', { data: { customerId: 'a', lines: [{ ...lines[0], quantity: 0 }] } }],
    ['waitForMs', 'bad-request', { waitForMs: -1 }],
  ])('a wrong %s is refused as %s', async (field, code, rest) => {
    const { commandBus } = tidemark.services;
    await expect(commandBus.handle(placeOrder(`order-${randomUUID()}`, rest))).rejects.toMatchObject({
      code,
      details: { field },
    });
  });

  test('a pinned version that is gone is a conflict with the actual version', async () => {
    const { commandBus } = tidemark.services;
    const streamId = `order-${randomUUID()}`;
    await commandBus.handle(placeOrder(streamId));
    await expect(
      commandBus.handle({ commandType: 'ConfirmOrder', streamId, data: {}, actor: 'test', expectedVersion: 0 }),
    ).rejects.toMatchObject({ code: 'expected-version-conflict', details: { actualVersion: 1 } });
  });
});
