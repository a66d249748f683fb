import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { createRegistry } from '#server/domain/registry.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import { systemClock } from '#server/kernel/clock.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createCommandBus } from './create-command-bus.ts';
import type { Receipt } from './receipt.ts';

const nobody: Acknowledgements = { current: async () => [], waitFor: async () => [] };

/** A bus as a process of its own has it: its own connections, its own store, its own kept states. */
function openBus(url: string) {
  const database: Database = connectDatabase({ url, schema: 'tidemark', applicationName: 'bus-test' });
  const store = createPostgresEventStore(database);
  const registry = createRegistry();
  const bus = createCommandBus({ database, store, registry, acknowledgements: nobody, clock: systemClock });
  return {
    store,
    send: (
      commandType: string,
      streamId: string,
      data: object,
      rest: { commandId?: string; expectedVersion?: number } = {},
    ) => bus.handle({ commandType, streamId, data, actor: 'test', waitForMs: 0, ...rest }),
    async close() {
      await bus.close();
      await store.close();
      await database.close();
    },
  };
}

describe('commands at once', () => {
  let behind: TestDatabase;
  let one: ReturnType<typeof openBus>;
  let two: ReturnType<typeof openBus>;
  beforeAll(async () => {
    behind = await createTestDatabase();
    one = openBus(behind.url);
    two = openBus(behind.url);
  });
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    await behind.drop();
  });

  const newStock = () => parseStreamId(`stock-${randomUUID()}`);
  const eventsOf = async (streamId: StreamId) => (await one.store.readStream(streamId)).events;
  const recordOf = async (commandId: string) => {
    const [row] = await behind.database.query<{ receipt: Receipt }>(
      'select receipt from commands where command_id = $1',
      [commandId],
    );
    return row?.receipt;
  };

  test('64 callers of one stream are all accepted, without a conflict, each with its own version', async () => {
    const streamId = newStock();
    const receipts = await Promise.all(
      Array.from({ length: 64 }, (_, n) => one.send('ReceiveStock', streamId, { quantity: n + 1 })),
    );
    expect(receipts.map(({ outcome, conflictRetries }) => ({ outcome, conflictRetries }))).toEqual(
      Array(64).fill({ outcome: 'accepted', conflictRetries: 0 }),
    );
    const events = await eventsOf(streamId);
    expect(events).toHaveLength(64);
    for (const receipt of receipts) {
      const [told] = receipt.events;
      const stands = events[receipt.streamVersion - 1];
      expect(told).toMatchObject({
        eventId: stands?.eventId,
        globalPosition: stands?.globalPosition,
        streamVersion: stands?.streamVersion,
        data: stands?.data,
      });
      expect(receipt.globalPosition).toBe(stands?.globalPosition);
      expect(receipt.state).toMatchObject({ onHand: (64 * 65) / 2 });
      expect(await recordOf(receipt.commandId)).toMatchObject({
        outcome: 'accepted',
        streamVersion: receipt.streamVersion,
      });
    }
  });

  test('two processes on one stream lose nothing, and none reserves what the other took', async () => {
    const streamId = newStock();
    await one.send('ReceiveStock', streamId, { quantity: 30 });
    const receipts = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        (n % 2 === 0 ? one : two).send('ReserveStock', streamId, { orderId: `order-${n}`, quantity: 1 }),
      ),
    );
    expect(receipts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(30);
    expect(receipts.filter(({ rejection }) => rejection?.code === 'not-enough-stock')).toHaveLength(34);
    expect((await eventsOf(streamId)).filter(({ eventType }) => eventType === 'StockReserved')).toHaveLength(30);
  });

  test('a refusal is decided on what another process has written meanwhile, not on what is kept', async () => {
    const streamId = newStock();
    const reserve = (orderId: string) => one.send('ReserveStock', streamId, { orderId, quantity: 1 });
    await one.send('ReceiveStock', streamId, { quantity: 1 });
    expect((await reserve('order-1')).outcome).toBe('accepted');
    expect((await reserve('order-2')).rejection?.code).toBe('not-enough-stock');
    await two.send('ReceiveStock', streamId, { quantity: 1 });
    expect((await reserve('order-2')).outcome).toBe('accepted');
    expect((await reserve('order-3')).state).toMatchObject({ onHand: 2, reserved: 2, available: 0 });
  });

  test('one command id fifty times at once, over two processes, has one effect and one answer', async () => {
    for (const commandId of [randomUUID(), '01977fc8-5a3e-7c11-9d0f-3f2b7a1c9e55']) {
      const streamId = newStock();
      const receipts = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          (n % 2 === 0 ? one : two).send('ReceiveStock', streamId, { quantity: 5 }, { commandId }),
        ),
      );
      const [first] = receipts;
      for (const { outcome, events } of receipts)
        expect({ outcome, events }).toEqual({ outcome: 'accepted', events: first?.events });
      expect(first).toMatchObject({ state: { onHand: 5 }, streamVersion: 1 });
      expect(await eventsOf(streamId)).toHaveLength(1);
      expect(await recordOf(commandId)).toMatchObject({ outcome: 'accepted', events: first?.events });
    }
  });

  test('a repeated command that now would be refused still gets its first answer', async () => {
    const streamId = newStock();
    const commandId = randomUUID();
    const reserve = () => two.send('ReserveStock', streamId, { orderId: 'order-1', quantity: 2 }, { commandId });
    await one.send('ReceiveStock', streamId, { quantity: 2 });
    const first = await reserve();
    await behind.database.query('delete from commands where command_id = $1', [commandId]);
    await one.send('DispatchStock', streamId, { orderId: 'order-1' });
    expect(await reserve()).toMatchObject({ outcome: 'accepted', repeated: true, events: first.events });
    expect(await recordOf(commandId)).toMatchObject({ outcome: 'accepted' });
    await expect(
      two.send('ReserveStock', newStock(), { orderId: 'order-1', quantity: 2 }, { commandId }),
    ).rejects.toMatchObject({ code: 'command-id-reused' });
  });

  test('of callers that pinned one version one is accepted, over two processes too', async () => {
    const streamId = newStock();
    await one.send('ReceiveStock', streamId, { quantity: 1 });
    const settled = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 === 0 ? one : two).send('ReceiveStock', streamId, { quantity: 1 }, { expectedVersion: 1 }),
      ),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of settled) {
      if (each.status === 'fulfilled') continue;
      expect(each.reason).toMatchObject({
        code: 'expected-version-conflict',
        details: { expectedVersion: 1, actualVersion: 2 },
      });
    }
  });

  test('whatever comes at once, the stream is what deciding the accepted commands in turn gives', async () => {
    const command = fc.record({
      process: fc.boolean(),
      stream: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('ReceiveStock', 'ReserveStock', 'ReleaseReservation', 'DispatchStock'),
      quantity: fc.integer({ min: 1, max: 4 }),
      order: fc.integer({ min: 0, max: 3 }),
      again: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 40 }), async (commands) => {
        const streams = [newStock(), newStock(), newStock()];
        const receipts = await Promise.all(
          commands.flatMap(({ process, stream, kind, quantity, order, again }) => {
            const orderId = `order-${order}`;
            const data = { ReceiveStock: { quantity }, ReserveStock: { orderId, quantity } }[kind as string] ?? {
              orderId,
            };
            const commandId = randomUUID();
            const send = (bus: typeof one) => bus.send(kind, streams[stream] ?? newStock(), data, { commandId });
            return again ? [send(one), send(two)] : [send(process ? one : two)];
          }),
        );
        for (const streamId of streams) {
          const events = await eventsOf(streamId);
          const told = receipts.filter((receipt) => receipt.streamId === streamId).flatMap((receipt) => receipt.events);
          expect(new Set(told.map(({ eventId }) => eventId))).toEqual(new Set(events.map(({ eventId }) => eventId)));
          const { initialState, evolve } = createRegistry().folderFor('stock');
          const state = events.reduce(evolve, initialState);
          expect(Number(state.available)).toBeGreaterThanOrEqual(0);
          const last = receipts.filter((receipt) => receipt.streamId === streamId).at(-1);
          if (last) expect((await one.send('DispatchStock', streamId, { orderId: 'none' })).state).toEqual(state);
        }
      }),
      { numRuns: 25 },
    );
  });
});
