import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';
import { projections } from '#server/projections/definitions/index.ts';
import type { Inspection } from '#server/projections/inspection.ts';
import type { Operations } from '#server/projections/operations.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createAcknowledgements } from './acknowledgements.ts';
import { createInspection } from './create-inspection.ts';
import { createOperations } from './create-operations.ts';
import { startProjectionEngine } from './engine.ts';

describe('what a projection made', () => {
  let made: TestDatabase;
  let eventStore: EventStore;
  let inspection: Inspection;
  let operations: Operations;
  let engine: { stop(): Promise<void> };
  beforeEach(async () => {
    made = await createTestDatabase({ connectionsMax: 16 });
    eventStore = createPostgresEventStore(made.database);
    const parts = { database: made.database, eventStore, projections };
    engine = await startProjectionEngine(parts);
    inspection = createInspection(parts);
    operations = createOperations(parts);
  });
  afterEach(async () => {
    await engine.stop();
    await eventStore.close();
    await made.drop();
  });

  const order = (id: number): StreamId => parseStreamId(`order-${id}`);
  async function place(id: number, occurredAt = '2026-11-26T08:00:00.000Z') {
    const data = { customerId: `c${id}`, lines: [], total: { amount: 100 + id, currency: 'EUR' } };
    const events = [
      { eventType: 'OrderPlaced', data, occurredAt },
      { eventType: 'OrderConfirmed', data: {}, occurredAt },
    ];
    await eventStore.append({ streamId: order(id), expectedVersion: 0, events });
  }
  async function caughtUp() {
    const acknowledgements = createAcknowledgements(made.database);
    await acknowledgements.waitFor((await eventStore.highWaterMark()).position, { timeoutMs: 20_000 });
    await acknowledgements.stop();
  }
  async function seed(orders = 6) {
    for (let id = 1; id <= orders; id += 1) await place(id);
    await eventStore.append({
      streamId: parseStreamId('other-1'),
      expectedVersion: 0,
      events: [{ eventType: 'Seen', data: {} }],
    });
    // A conflict rolls back after it has taken a position: one that is dead.
    await made.database
      .transaction(async (query) => {
        await query(`select append_marker(), nextval('event_positions')`);
        throw new Error('rolled back on purpose');
      })
      .catch(() => {});
    await place(orders + 1);
    await caughtUp();
  }
  const act = { name: 'orders', actor: 'ada', reason: 'to see it mended' };

  test('every position is accounted for: handled, filtered, dead, and they add up to the checkpoint', async () => {
    await seed();
    const found = await inspection.completeness({ name: 'orders' });
    expect(found).toMatchObject({
      complete: true,
      findings: [],
      checkpoint: '16',
      account: { handled: 14, filtered: 1, dead: 1, parked: 0, skipped: 0, missing: 0, repeated: 0 },
      held: { positions: 0, heldBy: null },
    });
  });

  test('positions that an open append may still bring are held, not dead, and their process is named', async () => {
    await seed();
    let release = () => {};
    const open = made.database.transaction(async (query) => {
      await query(`select append_marker(), nextval('event_positions')`);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await expect
      .poll(async () => (await inspection.completeness({ name: 'orders' })).held)
      .toMatchObject({
        positions: 1,
        heldBy: { processId: expect.any(Number), query: expect.stringContaining('append_marker') },
      });
    release();
    await open;
  });

  test('a deleted row is found and named, and its provenance says so', async () => {
    await seed();
    await made.database.query(`delete from orders where order_id = 'order-3'`);
    const found = await inspection.completeness({ name: 'orders' });
    expect(found.complete).toBe(false);
    expect(found.findings).toMatchObject([{ kind: 'rows_missing', examples: ['order-3'], count: 1 }]);
    const { firstDifference, stored, replayed, events } = await inspection.provenance({
      name: 'orders',
      key: 'order-3',
    });
    expect([stored, replayed?.status]).toEqual([null, 'confirmed']);
    expect(events.map((event) => event.eventType)).toEqual(['OrderPlaced', 'OrderConfirmed']);
    expect(firstDifference).toMatchObject({ cause: 'deleted_by_hand', streamVersion: 1 });
  });

  test('an edited row is found by a check of rows, and the event from which it differs is named', async () => {
    await seed();
    expect(await inspection.checkRows({ name: 'orders' })).toMatchObject({
      checked: 7,
      different: [],
      nextAfter: null,
    });
    await made.database.query(`update orders set total_amount = 1 where order_id = 'order-2'`);
    const { different } = await inspection.checkRows({ name: 'orders', limit: 3 });
    expect(different).toEqual(['order-2']);
    const found = await inspection.provenance({ name: 'orders', key: 'order-2' });
    expect(found.differences).toEqual([{ field: 'total_amount', stored: 1, replayed: 102 }]);
    expect(found.firstDifference).toMatchObject({
      cause: 'edited_by_hand',
      eventType: 'OrderPlaced',
      streamVersion: 1,
    });
  });

  test('a row as it was before an event did not get it', async () => {
    await seed();
    await made.database.query(`update orders set status = 'placed', stream_version = 1 where order_id = 'order-4'`);
    const { firstDifference } = await inspection.provenance({ name: 'orders', key: 'order-4' });
    expect(firstDifference).toMatchObject({ cause: 'event_lost', eventType: 'OrderConfirmed', streamVersion: 2 });
  });

  test('a row as its events make it is equal, with the fields that each event changed', async () => {
    await seed();
    const found = await inspection.provenance({ name: 'orders', key: 'order-1' });
    expect(found).toMatchObject({ equal: true, differences: [], firstDifference: null, truncated: false });
    expect(found.events[1]?.changed).toEqual(['status', 'stream_version']);
  });

  test('a checkpoint moved forward by hand is found and named, the engine stops, and a rewind mends it', async () => {
    await seed();
    await made.database.query(`update projection_versions set checkpoint = 21 where name = 'orders'`);
    await place(20);
    await place(21);
    await expect
      .poll(async () => (await inspection.completeness({ name: 'orders' })).findings.map((one) => one.kind), {
        timeout: 10_000,
      })
      .toEqual(['checkpoint_moved', 'events_missing', 'rows_missing']);
    const [moved] = (await inspection.completeness({ name: 'orders' })).findings;
    expect(moved).toMatchObject({ from: '16', to: '21' });
    expect(moved?.message).toContain('tidemark-test');
    const lost = await inspection.provenance({ name: 'orders', key: 'order-20' });
    expect(lost.firstDifference).toMatchObject({ cause: 'event_lost' });
    await operations.rewind({ ...act, to: '16' as never });
    await expect
      .poll(async () => (await inspection.completeness({ name: 'orders' })).complete, { timeout: 10_000 })
      .toBe(true);
    expect(await inspection.checkRows({ name: 'orders' })).toMatchObject({ different: [] });
  });

  test('ranges that a worker has counted are added up, and an event taken out of them is noticed', async () => {
    await seed();
    // The positions between are dead: the second bucket is empty, the third begun.
    await made.database.query(`select setval('event_positions', 24000)`);
    await place(50);
    await caughtUp();
    const counted = async () =>
      (await made.database.query<{ n: number }>('select count(*)::int as n from event_buckets'))[0]?.n;
    await expect.poll(counted, { timeout: 10_000 }).toBe(2);
    const before = await inspection.completeness({ name: 'orders' });
    expect(before).toMatchObject({ complete: true, checkpoint: '24002', countedTo: '24002' });
    expect(before.account).toMatchObject({ handled: 16, missing: 0, repeated: 0 });
    const { handled, filtered, dead } = before.account;
    expect(handled + filtered + dead).toBe(24_002);
    await made.database.query(`delete from events where stream_id = 'order-3' and stream_version = 2`);
    await expect
      .poll(async () => (await inspection.completeness({ name: 'orders' })).findings.map((one) => one.kind), {
        timeout: 15_000,
      })
      .toEqual(['events_repeated']);
  });

  test('who moves the checkpoint and the count together is found by what the buckets lack', async () => {
    await seed();
    await operations.pause(act);
    await place(30);
    await made.database.query(
      `update projection_versions set checkpoint = 18, accounted_to = 18 where name = 'orders'`,
    );
    const { findings } = await inspection.completeness({ name: 'orders' });
    expect(findings).toMatchObject([{ kind: 'events_missing', count: 1, examples: ['18'] }, { kind: 'rows_missing' }]);
  });

  test('a read model as of a position and as of a time, browsed beside the present one, and dropped', async () => {
    await seed();
    await place(40, '2030-01-01T00:00:00.000Z');
    await caughtUp();
    const then = await inspection.openAsOf({ name: 'orders', position: '3' as never, actor: 'ada' });
    const early = await inspection.openAsOf({ name: 'orders', at: '2026-12-01T00:00:00Z', actor: 'ada' });
    await expect
      .poll(async () => (await inspection.listAsOf({})).asOf.map((one) => one.state), { timeout: 10_000 })
      .toEqual(['ready', 'ready']);
    const page = await inspection.rows({ name: 'orders', version: then.version });
    expect(page.rows.map((row) => [row.order_id, row.status])).toEqual([
      ['order-1', 'confirmed'],
      ['order-2', 'placed'],
    ]);
    expect((await inspection.rows({ name: 'orders', version: early.version })).rows).toHaveLength(7);
    const present = await inspection.rows({ name: 'orders', limit: 3 });
    expect([present.rows.length, present.nextAfter]).toEqual([3, 'order-3']);
    const keys = async (query: { prefix: string; after?: string }) =>
      (await inspection.rows({ name: 'orders', ...query })).rows.map((row) => row.order_id);
    expect(await keys({ prefix: 'order-3' })).toEqual(['order-3']);
    expect(await keys({ prefix: 'order-4' })).toEqual(['order-4', 'order-40']);
    expect(await keys({ prefix: 'order-4', after: 'order-4' })).toEqual(['order-40']);
    expect(await keys({ prefix: 'rder' })).toEqual([]);
    expect((await inspection.checkRows({ name: 'orders', prefix: 'order-4' })).checked).toBe(2);
    expect(await inspection.closeAsOf({ name: 'orders', version: then.version, actor: 'ada' })).toEqual({
      closed: true,
    });
    await made.database.query(
      `update projection_versions set expires_at = now() - interval '1 second' where state = 'scratch'`,
    );
    await expect.poll(async () => (await inspection.listAsOf({})).asOf, { timeout: 10_000 }).toEqual([]);
    const schemas = await made.database.query(`select nspname from pg_namespace where nspname ~ '_orders_v[2-9]'`);
    expect(schemas).toEqual([]);
  });
});
