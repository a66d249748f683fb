import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

const lines = [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }];
const actor = 'test';

describe('a command tried on the state at an earlier version', () => {
  let tidemark: TestTidemark;
  const streamId = `order-${randomUUID()}`;
  beforeAll(async () => {
    tidemark = await startTidemark();
    const send = (commandType: string, data = {}) =>
      tidemark.services.commandBus.handle({ commandType, streamId, data, actor, waitForMs: 0 });
    await send('PlaceOrder', { customerId: 'ada', lines });
    await send('ConfirmOrder');
    await send('ShipOrder', { carrier: 'DHL', trackingNumber: '1' });
    await send('DeliverOrder');
  });
  afterAll(() => tidemark.stop());

  const cancelAt = (version: number) =>
    tidemark.services.commandBus.whatIf({
      commandType: 'CancelOrder',
      streamId,
      data: { reason: 'changed my mind' },
      version,
      actor,
    });

  test('is decided as if the later events had not come', async () => {
    const then = await cancelAt(2);
    expect(then).toMatchObject({ outcome: 'accepted', version: 2, lastVersion: 4 });
    expect(then.events).toEqual([
      { eventType: 'OrderCancelled', streamVersion: 3, data: expect.objectContaining({ reason: 'changed my mind' }) },
    ]);
    expect([then.before.status, then.state.status]).toEqual(['confirmed', 'cancelled']);
  });

  test('is refused where the rules refuse it on that state, and before the first event too', async () => {
    expect(await cancelAt(4)).toMatchObject({ outcome: 'rejected', rejection: { code: 'order-already-delivered' } });
    expect(await cancelAt(0)).toMatchObject({ outcome: 'rejected', events: [] });
  });

  test('writes nothing: no event, and no command that was sent', async () => {
    const before = await tidemark.services.commandBus.runs({ commandType: 'CancelOrder' });
    await cancelAt(2);
    const { events } = await tidemark.services.eventStore.readStream(parseStreamId(streamId));
    expect(events).toHaveLength(4);
    expect(await tidemark.services.commandBus.runs({ commandType: 'CancelOrder' })).toEqual(before);
  });

  test('names the version that the stream has not, and the field that is wrong', async () => {
    await expect(cancelAt(5)).rejects.toMatchObject({ code: 'stream-not-found', details: { lastVersion: 4 } });
    const wrong = { commandType: 'CancelOrder', streamId, data: { reason: 1 }, version: 2, actor };
    await expect(tidemark.services.commandBus.whatIf(wrong)).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'data.reason' },
    });
  });
});
