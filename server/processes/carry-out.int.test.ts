import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FulfilmentState } from '#server/domain/fulfilment/decider.ts';
import { fulfilment } from '#server/domain/fulfilment/process.ts';
import type { DecidedEvent } from '#server/kernel/decider.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ProcessManager } from '#server/kernel/process.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import { carryOut } from './carry-out.ts';
import { openProcess } from './open-process.ts';

const manager = fulfilment as unknown as ProcessManager<JsonObject, DecidedEvent>;
const id = parseStreamId('fulfilment-order-1');

describe('a process in two hands', () => {
  let tidemark: TestTidemark;
  beforeEach(async () => {
    tidemark = await startTidemark();
    await send('ReceiveStock', 'stock-TEE', { quantity: 5 });
    const lines = [{ sku: 'TEE', quantity: 2, unitPrice: { amount: 100, currency: 'EUR' } }];
    await send('PlaceOrder', 'order-1', { customerId: 'ada', lines });
    await send('StartFulfilment', id, { method: 'card', paymentSeconds: 60 });
  });
  afterEach(() => tidemark.stop());

  const send = (commandType: string, streamId: string, data: object) =>
    tidemark.services.commandBus.handle({ commandType, streamId, data, actor: 'test', waitForMs: 0 });
  const { signal } = new AbortController();
  const finish = (process: Awaited<ReturnType<typeof opened>>) =>
    carryOut(manager, process, { commandBus: tidemark.services.commandBus, signal });
  const opened = () => openProcess(manager, tidemark.services.eventStore, id);
  const events = async (stream: string) =>
    (await tidemark.services.eventStore.readStream(parseStreamId(stream))).events.map(({ eventType }) => eventType);
  const learnPast = async (process: Awaited<ReturnType<typeof opened>>) => {
    const { events } = await tidemark.services.eventStore.readStream(parseStreamId('order-1'));
    for (const { streamId, eventType, data, eventId } of events) {
      await process.learn({ kind: 'event', streamId, eventType, data }, eventId);
    }
  };

  test('a worker that slept with a reservation in hand does not reserve what was given back meanwhile', async () => {
    const awake = await opened();
    await learnPast(awake);
    const asleep = await opened();
    expect(manager.wants(asleep.state())?.step).toBe('reserve TEE');

    await send('CancelOrder', 'order-1', { reason: 'changed my mind' });
    await learnPast(awake);
    await finish(awake);
    expect((awake.state() as FulfilmentState).status).toBe('cancelled');
    expect(await events('stock-TEE')).toEqual(['StockReceived', 'StockReserved', 'ReservationReleased']);

    await finish(asleep);
    expect(await events('stock-TEE')).toEqual(['StockReceived', 'StockReserved', 'ReservationReleased']);
    expect(asleep.state()).toEqual(awake.state());
  });

  test('two that do the same at once do it once', async () => {
    const both = await Promise.all([opened(), opened()]);
    await Promise.all(both.map(learnPast));
    await Promise.all(both.map(finish));
    expect(await events('stock-TEE')).toEqual(['StockReceived', 'StockReserved']);
    expect(await events('payment-1')).toEqual(['PaymentAuthorized']);
    expect(await events(id)).toEqual([
      'FulfilmentStarted',
      'FulfilmentOrderSeen',
      'FulfilmentStockReserved',
      'FulfilmentPaymentAuthorized',
    ]);
  });
});
