import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as candidates from '#examples/candidates/orders.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

let tidemark: TestTidemark;
const actor = 'ada';
let id = '';

beforeAll(async () => {
  tidemark = await startTidemark(candidates);
  const { commandBus, compare } = tidemark.services;
  const unitPrice = { amount: 1_999, currency: 'EUR' };
  const data = { customerId: 'ada', lines: [{ sku: 'TEE', quantity: 1, unitPrice }] };
  await commandBus.handle({ commandType: 'PlaceOrder', streamId: 'order-1', data, actor, waitForMs: 10_000 });
  const built = `select count(*)::int as n from projection_versions where name = 'orders' and indexed and checkpoint >= (select max(global_position) from events)`;
  await vi.waitFor(async () => expect(await tidemark.database.query(built)).toEqual([{ n: 3 }]), { timeout: 20_000 });
  const terms = { hypothesis: 'the index does no harm', kind: 'projection' as const, subject: 'orders', a: '1', actor };
  id = (await compare.create({ ...terms, b: '3', metric: 'size_bytes', matters: 1 })).id;
});
afterAll(() => tidemark.stop());

const read = (reader: string) => tidemark.services.explorer.readModel({ name: 'orders', reader });
const readers = Array.from({ length: 200 }, (_, index) => `reader-${index}`);

describe('a live split', () => {
  test('is refused before the two were compared', async () => {
    const { compare } = tidemark.services;
    await expect(compare.split({ id, percent: 10, reason: 'a look', actor })).rejects.toMatchObject({
      code: 'act-refused',
    });
  });

  test('shows a reader one version, a larger share keeps those of a smaller, and both are measured', async () => {
    const { compare } = tidemark.services;
    await compare.start({ id, actor });
    await expect.poll(async () => (await compare.get({ id })).progress.state, { timeout: 30_000 }).toBe('done');
    expect(await compare.split({ id, percent: 20, reason: 'a look', actor })).toMatchObject({ splitPercent: 20 });
    for (const reader of readers) expect((await read(reader)).rows).toHaveLength(1);
    const shares = async () => {
      const { split } = await compare.get({ id });
      return [split?.a?.reads ?? 0, split?.b?.reads ?? 0];
    };
    await expect.poll(async () => (await shares()).reduce((sum, one) => sum + one, 0), { timeout: 10_000 }).toBe(200);
    const [, first = 0] = await shares();
    expect(first).toBeGreaterThan(20);
    expect(first).toBeLessThan(60);
    for (const reader of readers) await read(reader);
    await expect.poll(shares, { timeout: 10_000 }).toEqual([2 * (200 - first), 2 * first]);
    const { split } = await compare.get({ id });
    expect(split).toMatchObject({ percent: 20, stoppedBy: null, outcome: 'not_enough_data', b: { errors: 0 } });
  });

  test('stops by itself where version b fails, and no reader sees a failure', async () => {
    const { compare } = tidemark.services;
    await tidemark.database.query('alter table tidemark_orders_v3.orders rename column status to state');
    for (const reader of readers) expect((await read(reader)).rows).toHaveLength(1);
    await expect.poll(async () => (await compare.get({ id })).experiment.splitPercent, { timeout: 10_000 }).toBe(0);
    const { split } = await compare.get({ id });
    expect(split).toMatchObject({ percent: 0, stoppedBy: expect.stringContaining('failed in a minute') });
  });
});
