import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startProcesses } from '#server/worker-processes.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import { commandIdOf } from './open-process.ts';

const id = 'fulfilment-order-1';
const wait = { timeout: 20_000 };

describe('what a process manager tries again', () => {
  let tidemark: TestTidemark;
  let processes: { stop(): Promise<void> };
  beforeEach(async () => {
    tidemark = await startTidemark();
    const send = (commandType: string, streamId: string, data: object) =>
      tidemark.services.commandBus.handle({ commandType, streamId, data, actor: 'test', waitForMs: 0 });
    await send('ReceiveStock', 'stock-TEE', { quantity: 5 });
    const lines = [{ sku: 'TEE', quantity: 2, unitPrice: { amount: 100, currency: 'EUR' } }];
    await send('PlaceOrder', 'order-1', { customerId: 'ada', lines });
    await send('StartFulfilment', id, { method: 'card', paymentSeconds: 600 });
  });
  afterEach(async () => {
    await processes.stop();
    await tidemark.stop();
  });

  const query = (statement: string, parameters: unknown[] = []) => tidemark.database.query(statement, parameters);
  const timers = async () => (await query('select name from process_timers order by name')).map(({ name }) => name);
  /** Instead of waiting for it. */
  const passTime = (name: string) => query('update process_timers set due_at = now() where name = $1', [name]);
  const status = async () => (await tidemark.services.explorer.streamState({ streamId: id as never })).state.status;
  const start = () => {
    processes = startProcesses({ url: tidemark.url, schema: 'tidemark' });
  };

  test('a start whose record came late is found, one without a record is left alone', async () => {
    await query('create table kept as select * from commands where stream_id = $1', [id]);
    await query('delete from commands where stream_id = $1', [id]);
    start();
    await expect.poll(timers, wait).toEqual(['start']);
    expect(await status()).toBe('waiting');
    await query('insert into commands select * from kept');
    await passTime('start');
    await expect.poll(status, wait).toBe('paying');
    await expect.poll(timers, wait).toEqual(['order', 'payment']);
  });

  test('a process that has ended has no timers any more', async () => {
    start();
    await expect.poll(timers, wait).toEqual(['order', 'payment']);
    await tidemark.services.commandBus.handle({
      commandType: 'CapturePayment',
      streamId: 'payment-1',
      data: {},
      actor: 'test',
    });
    await expect.poll(status, wait).toBe('confirmed');
    await expect.poll(timers, wait).toEqual([]);
  });

  test('a process that failed says at what, and goes on when the cause is gone', async () => {
    const commandId = commandIdOf(id, 'reserve TEE');
    await query(
      `insert into commands select $1, 'ReserveStock', 'stock-TEE', '{"other": "body"}', actor, outcome, received_at, duration_ms, receipt
       from commands where stream_id = $2`,
      [commandId, id],
    );
    start();
    const fault = async () => (await query(`select fault->>'message' as message from processes`))[0]?.message;
    await expect.poll(fault, wait).toContain(commandId);
    await expect.poll(timers, wait).toContain('retry');
    expect(await status()).toBe('reserving');
    await query('delete from commands where command_id = $1', [commandId]);
    await passTime('retry');
    await expect.poll(status, wait).toBe('paying');
    await expect.poll(fault, wait).toBeNull();
    await expect.poll(timers, wait).not.toContain('retry');
  });
});
