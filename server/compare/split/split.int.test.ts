import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as examples from '#examples/candidates/orders.ts';
import type { GuardRails } from '#server/compare/experiment.ts';
import { searchProjection } from '#server/projections/definitions/search.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

let tidemark: TestTidemark;
const actor = 'ada';
let id = '';
const candidates = { ...examples, projections: [...examples.projections, { ...searchProjection, version: 2 }] };

beforeAll(async () => {
  tidemark = await startTidemark(candidates);
  const { commandBus } = tidemark.services;
  const unitPrice = { amount: 1_999, currency: 'EUR' };
  const data = { customerId: 'ada', lines: [{ sku: 'TEE', quantity: 1, unitPrice }] };
  await commandBus.handle({ commandType: 'PlaceOrder', streamId: 'order-1', data, actor, waitForMs: 10_000 });
  const built = `select count(*)::int as n from projection_versions where name in ('orders', 'search') and indexed and checkpoint >= (select max(global_position) from events)`;
  await vi.waitFor(async () => expect(await tidemark.database.query(built)).toEqual([{ n: 5 }]), { timeout: 30_000 });
  // What it shows is not how fast: a pause of this machine between two reads must not end it.
  id = await drafted('orders', '3', { latencyRatioMax: 100 });
});
afterAll(() => tidemark.stop());

async function drafted(subject: string, b: string, guardRails: Partial<GuardRails> = {}): Promise<string> {
  const terms = { hypothesis: 'it does no harm', kind: 'projection' as const, subject, a: '1', b, actor, guardRails };
  return (await tidemark.services.compare.create({ ...terms, metric: 'size_bytes', matters: 1 })).id;
}

/** Compared, and half of the readers sent to version b. */
async function halved(subject: string, b: string, guardRails: Partial<GuardRails> = {}): Promise<string> {
  const { compare } = tidemark.services;
  const experiment = await drafted(subject, b, guardRails);
  await compare.start({ id: experiment, actor });
  await expect
    .poll(async () => (await compare.get({ id: experiment })).progress.state, { timeout: 60_000 })
    .toBe('done');
  await compare.split({ id: experiment, percent: 50, reason: 'a look', actor });
  return experiment;
}

const stoppedBy = async (experiment: string) =>
  (await tidemark.services.compare.get({ id: experiment })).split?.stoppedBy ?? null;

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

  test('of the search index sends its readers to both versions, and measures them', async () => {
    const { compare, explorer } = tidemark.services;
    const experiment = await halved('search', '2', { latencyRatioMax: 100 });
    for (const reader of readers)
      expect((await explorer.search({ q: 'ada', category: 'order', reader })).hits).toHaveLength(1);
    const reads = async () => {
      const { split } = await compare.get({ id: experiment });
      return [split?.a?.reads ?? 0, split?.b?.reads ?? 0];
    };
    await expect.poll(async () => (await reads()).reduce((sum, one) => sum + one, 0), { timeout: 10_000 }).toBe(200);
    expect((await reads())[1]).toBeGreaterThan(60);
    expect(await stoppedBy(experiment)).toBeNull();
  });

  test('stops by itself where version b is behind', async () => {
    const { compare, operations, commandBus } = tidemark.services;
    await compare.split({ id, percent: 0, reason: 'another is looked at', actor });
    const experiment = await halved('orders', '3', { lagSecondsMax: 1 });
    const asked = { name: 'orders', version: 3, actor };
    await operations.pause({ ...asked, reason: 'so that it falls behind' });
    await commandBus.handle({ commandType: 'ConfirmOrder', streamId: 'order-1', data: {}, actor, waitForMs: 10_000 });
    await expect
      .poll(() => stoppedBy(experiment), { timeout: 20_000 })
      .toEqual(expect.stringMatching(/^version b is .* s behind$/));
    await operations.resume({ ...asked, reason: 'the others need it' });
  });

  test('stops by itself where version b is slower than the bound', async () => {
    const experiment = await halved('orders', '3', { latencyRatioMax: 1.5 });
    const slow = 'tidemark_orders_v3.orders';
    await tidemark.database.query(`alter table ${slow} rename to kept`);
    await tidemark.database.query(
      `create view ${slow} as select k.* from tidemark_orders_v3.kept k, lateral (select pg_sleep(0.06)) s`,
    );
    for (const reader of readers) await read(reader);
    await expect.poll(() => stoppedBy(experiment), { timeout: 20_000 }).toMatch(/^p95 of version b is .* ms/);
    await tidemark.database.query(`drop view ${slow}`);
    await tidemark.database.query('alter table tidemark_orders_v3.kept rename to orders');
  });

  test('stops by itself where version b fails, and no reader sees a failure', async () => {
    const { compare } = tidemark.services;
    await compare.split({ id, percent: 20, reason: 'a look', actor });
    await tidemark.database.query('alter table tidemark_orders_v3.orders rename column status to state');
    for (const reader of readers) expect((await read(reader)).rows).toHaveLength(1);
    await expect.poll(async () => (await compare.get({ id })).experiment.splitPercent, { timeout: 10_000 }).toBe(0);
    const { split } = await compare.get({ id });
    expect(split).toMatchObject({ percent: 0, stoppedBy: expect.stringContaining('failed in a minute') });
  });
});
