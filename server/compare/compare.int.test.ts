import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as candidates from '#examples/candidates/orders.ts';
import { createRegistry } from '#server/domain/registry.ts';
import { isRefusal } from '#server/kernel/decider.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
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

  test('lets the corrected version be promoted and rolled back, the loser kept', async () => {
    const { compare, projections } = tidemark.services;
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
    expect(await compare.rollback({ id, reason: 'only a drill', actor })).toMatchObject({ status: 'concluded' });
    expect(await served()).toMatchObject({ version: 1 });
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
    const naive = await decideNaively();
    expect(report.decider).toMatchObject(naive);
    expect(naive.acceptedOnlyA).toBeGreaterThan(3);
    expect(report.decider?.groups[0]).toMatchObject({
      commandType: 'CancelOrder',
      reason: 'order-confirmed',
      commands: naive.acceptedOnlyA,
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

/** Every recorded command on its stream as it was, by both deciders, one after the other. */
async function decideNaively() {
  const current = createRegistry().deciderFor('order');
  const other = candidates.deciders[0]?.decider;
  if (current === undefined || other === undefined) throw new Error('both deciders are there');
  const rows = await tidemark.database.query<{
    command_type: string;
    stream_id: StreamId;
    data: JsonObject;
    outcome: string;
    receipt: { streamVersion: number; events: object[] };
  }>(`select * from commands where stream_id like 'order-%'`);
  const counts = { commands: rows.length, same: 0, acceptedOnlyA: 0, acceptedOnlyB: 0 };
  for (const { command_type: commandType, stream_id: streamId, data, outcome, receipt } of rows) {
    const before = receipt.streamVersion - (outcome === 'accepted' ? receipt.events.length : 0);
    const { events } = await tidemark.services.eventStore.readStream(streamId);
    const answers = [current, other].map((decider) => {
      const state = events.slice(0, before).reduce((now, event) => decider.evolve(now, event), decider.initialState);
      const decision = decider.decide({ commandType, streamId, data, receivedAt: '', actor }, state);
      return isRefusal(decision) ? decision.refused.code : JSON.stringify(decision);
    });
    const accepted = answers.map((answer) => answer.startsWith('[{'));
    if (answers[0] === answers[1]) counts.same += 1;
    if (accepted[0] && !accepted[1]) counts.acceptedOnlyA += 1;
    if (!accepted[0] && accepted[1]) counts.acceptedOnlyB += 1;
  }
  return counts;
}
