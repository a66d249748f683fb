import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as candidates from '#examples/candidates/orders.ts';
import { createRegistry } from '#server/domain/registry.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { decideNaively, naiveAnswerOf } from '#testing/decide-naively.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

let tidemark: TestTidemark;
const actor = 'ada';
const orders = 30;

beforeAll(async () => {
  tidemark = await startTidemark(candidates);
  await Promise.all(Array.from({ length: orders }, (_, order) => life(order)));
  await vi.waitFor(async () => expect(await positions()).toEqual([1, 1, 1]), { timeout: 30_000, interval: 100 });
});
afterAll(() => tidemark.stop());

function send(commandType: string, streamId: string, data: JsonObject) {
  return tidemark.services.commandBus.handle({ commandType, streamId, data, actor, waitForMs: 0 });
}

async function life(order: number): Promise<void> {
  const id = `order-${String(order).padStart(3, '0')}`;
  const unitPrice = { amount: 1_001 + order * 37, currency: 'EUR' };
  await send('PlaceOrder', id, {
    customerId: `cus-${order % 7}`,
    lines: [{ sku: 'TEE', quantity: 1 + (order % 3), unitPrice }],
  });
  if (order % 2 === 0) await send('ConfirmOrder', id, {});
  if (order % 3 === 0) await send('CancelOrder', id, { reason: 'late' });
  await send('ShipOrder', id, { carrier: 'DHL', trackingNumber: `${order}` });
}

/** Of the three versions: 1 where each has all orders' events. */
async function positions(): Promise<number[]> {
  const rows = await tidemark.database.query<{ done: number }>(
    `select (checkpoint >= (select max(global_position) from events where stream_id like 'order-%') and indexed)::int as done
     from projection_versions where name = 'orders' order by version`,
  );
  return rows.map((row) => row.done);
}

const terms = {
  hypothesis: 'the index makes reads faster',
  kind: 'projection' as const,
  subject: 'orders',
  a: '1',
  actor,
};

async function concluded(id: string) {
  const { compare } = tidemark.services;
  await expect.poll(async () => (await compare.get({ id })).progress.state, { timeout: 40_000 }).toBe('done');
  const { report, experiment } = await compare.get({ id });
  if (report === null) throw new Error('a comparison that is done has a report');
  return { report, experiment };
}

describe('an experiment', () => {
  test('finds the rounding of v2, explains it, and refuses to promote', async () => {
    const { compare } = tidemark.services;
    const { id } = await compare.create({ ...terms, b: '2' });
    await compare.start({ id, actor });
    const { report, experiment } = await concluded(id);
    expect(experiment).toMatchObject({ status: 'concluded', outcome: 'unsafe' });
    // A row an order and batch at most, however fast one batch follows the other.
    expect(report.performance?.a.rowsWritten).toBeGreaterThanOrEqual(orders);
    expect(report.performance?.a.rowsWritten).toBeLessThanOrEqual(report.performance?.events ?? 0);
    expect(report.data?.causes).toMatchObject([
      { cause: 'rounding', fields: ['total_amount'], wrong: 'b', kind: 'changed' },
    ]);
    expect(report.data?.causes[0]?.parting).toMatchObject({ eventType: 'OrderPlaced', streamVersion: 1, equalFor: 0 });
    expect(report.verdict.sentence).toContain('rows differ for one cause (rounding)');
    expect(report.performance).toMatchObject({ events: expect.any(Number), reads: null });
    const { rows } = await compare.rows({ id, cause: 0 });
    expect(rows).toHaveLength(report.data?.unexplained ?? -1);
    const parting = await compare.parting({ id, key: rows[0]?.key ?? '' });
    expect(parting).toMatchObject({ cause: 'rounding', parting: { streamId: rows[0]?.key } });
    await expect(compare.promote({ id, reason: 'it is faster', actor })).rejects.toMatchObject({ code: 'act-refused' });
    const { text } = await compare.export({ id, format: 'markdown' });
    expect(text).toContain('| rounding |');
  });

  test('lets the corrected version be promoted and rolled back, the loser kept, and is told of a switch whose process ended', async () => {
    const { compare, projections, operations } = tidemark.services;
    for (let read = 0; read < 20; read += 1) {
      await tidemark.database.query(
        `insert into read_requests (name, request) values ('orders', '{"status":"cancelled"}')`,
      );
    }
    const { id } = await compare.create({ ...terms, b: '3', metric: 'size_bytes', matters: 1 });
    await compare.start({ id, actor });
    const { report, experiment } = await concluded(id);
    expect([experiment.outcome, report.data?.unexplained, report.data?.equal]).toEqual([
      'no_difference_that_matters',
      0,
      orders,
    ]);
    expect(report.performance?.reads).toMatchObject({ requests: 20, different: 0, errorsB: 0 });
    const radius = await compare.blastRadius({ id, act: 'promote' });
    expect(radius).toMatchObject({ version: 3, refused: null });
    expect(await compare.promote({ id, reason: 'equal, and indexed', actor })).toMatchObject({ status: 'promoted' });
    expect(await compare.promote({ id, reason: 'equal, and indexed', actor })).toMatchObject({ status: 'promoted' });
    const served = async () => (await projections.status()).projections.find((one) => one.name === 'orders');
    expect(await served()).toMatchObject({ version: 3, previousVersion: 1 });
    // As by a process that ended before it could tell the experiment: a worker tells it.
    await operations.rollback({ name: 'orders', reason: 'only a drill', actor, experiment: id });
    expect(await served()).toMatchObject({ version: 1 });
    await expect
      .poll(async () => (await compare.get({ id })).experiment, { timeout: 20_000 })
      .toMatchObject({ status: 'concluded', ended: { actor, reason: 'only a drill' } });
  });

  test('decides recorded commands by two deciders, as a plain loop over them does', async () => {
    const { compare, eventStore } = tidemark.services;
    const { id } = await compare.create({
      ...terms,
      kind: 'decider',
      subject: 'order',
      a: 'current',
      b: 'no-late-cancel',
      metric: 'measure',
      measure: { count: 'OrderCancelled', better: 'lower' },
    });
    await compare.start({ id, actor });
    const { report } = await concluded(id);
    if (report.decider === null) throw new Error('two deciders were compared');
    const a = createRegistry().deciderFor('order');
    const b = candidates.deciders[0]?.decider;
    if (a === undefined || b === undefined) throw new Error('both deciders are there');
    const { query } = tidemark.database;
    const naive = await decideNaively(query, { category: 'order', a, b, upcast: eventStore.upcast });
    expect(naiveAnswerOf(report.decider)).toEqual(naive);
    expect(report.decider.acceptedOnlyA).toBeGreaterThan(3);
    expect(report.decider.groups[0]).toMatchObject({
      commandType: 'CancelOrder',
      reason: 'order-confirmed',
      commands: report.decider.acceptedOnlyA,
    });
    expect((await eventStore.readStream('order-000' as StreamId)).events.length).toBeGreaterThan(0);
  });

  test('is cancelled, and one whose worker is gone is gone on with', async () => {
    const { compare } = tidemark.services;
    const { id } = await compare.create({ ...terms, b: '3', metric: 'size_bytes' });
    await compare.start({ id, actor });
    expect(await compare.cancel({ id, actor })).toMatchObject({ status: 'drafted' });
    expect(['cancelled', 'done']).toContain((await compare.get({ id })).progress.state);
    await compare.start({ id, actor });
    const dead = `update comparisons set state = 'running', leased_until = clock_timestamp() - interval '1 second', epoch = epoch + 1 where experiment_id = $1 and state in ('waiting', 'running')`;
    await tidemark.database.query(dead, [id]);
    await concluded(id);
  });

  test('is not comparable while the two are far apart', async () => {
    const { compare } = tidemark.services;
    await tidemark.database.query(
      `update projection_versions set paused = '{"actor":"ada","reason":"test","at":"2026-11-24T10:00:00.000Z"}' where name = 'orders' and version = 2`,
    );
    await tidemark.database.query(
      `update projection_versions set checkpoint = 0, accounted_to = 0 where name = 'orders' and version = 2`,
    );
    await tidemark.database.query(
      `insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at)
       select nextval('event_positions'), 'thing-' || n, 1, 'Happened', 1, gen_random_uuid(), '{}', '{}', now(), now() from generate_series(1, 6000) n`,
    );
    await expect
      .poll(
        async () =>
          (
            await tidemark.database.query<{ at: number }>(
              `select checkpoint::float8 as at from projection_versions where name = 'orders' and version = 1`,
            )
          )[0]?.at,
        { timeout: 20_000 },
      )
      .toBeGreaterThan(6000);
    const { id } = await compare.create({ ...terms, b: '2' });
    await compare.start({ id, actor });
    const { report } = await concluded(id);
    expect(report.verdict).toMatchObject({ outcome: 'not_comparable', promotable: false });
    expect(Number(report.positions?.until)).toBeGreaterThan(6000);
  });

  test('an unknown one is not found', async () => {
    await expect(tidemark.services.compare.get({ id: randomUUID() })).rejects.toMatchObject({ code: 'not-found' });
  });
});
