import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { startProcesses } from '#server/worker-processes.ts';
import { runFulfilment } from '#testing/fulfilment-run.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';

describe('the fulfilment of orders', () => {
  let made: TestDatabase;
  beforeEach(async () => {
    made = await createTestDatabase();
  });
  afterEach(() => made.drop());

  test('ends every order rightly, whatever the bank, the stock and killed workers do; a replay repeats nothing', async () => {
    const run = await runFulfilment({ url: made.url, schema: 'tidemark', orders: 48, kills: 2, timeoutMs: 60_000 });
    expect(run).toMatchObject({ wrong: [], doubled: [], stockOff: 0, addedByReplay: 0 });
  }, 120_000);

  test('leaves alone what no command of this store began, such as an imported history', async () => {
    const store = createPostgresEventStore(made.database);
    const occurredAt = '2025-03-01T10:00:00.000Z';
    const metadata = { commandId: '018f3a54-0000-7000-8000-000000000001', actor: 'ada' };
    const lines = [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }];
    const data = { customerId: 'ada', lines, total: { amount: 100, currency: 'EUR' } };
    await store.append({
      streamId: parseStreamId('order-1'),
      expectedVersion: 'no_stream',
      events: [{ eventType: 'OrderPlaced', data, metadata, occurredAt }],
    });
    const started = { orderId: 'order-1', method: 'card', paymentSeconds: 1 };
    const { globalPosition } = await store.append({
      streamId: parseStreamId('fulfilment-order-1'),
      expectedVersion: 'no_stream',
      events: [{ eventType: 'FulfilmentStarted', data: started, metadata, occurredAt }],
    });
    const processes = startProcesses({ url: made.url, schema: 'tidemark' });
    await expect
      .poll(
        async () => {
          const [row] = await made.database.query('select checkpoint >= $1 as done from process_managers', [
            globalPosition,
          ]);
          return row?.done;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await processes.stop();
    const { events } = await store.readAll();
    expect(events).toHaveLength(2);
    expect(await made.database.query('select 1 from processes')).toEqual([]);
    expect(await made.database.query('select 1 from process_timers')).toEqual([]);
    await store.close();
  }, 30_000);
});
