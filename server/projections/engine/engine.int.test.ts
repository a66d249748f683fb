import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { defineProjection, type Projection } from '#server/projections/define-projection.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createAcknowledgements } from './acknowledgements.ts';
import { startProjectionEngine } from './engine.ts';
import { createLeases } from './lease.ts';
import { createStatusReader } from './read-status.ts';
import { registerProjections } from './register.ts';
import { readWorkers } from './workers.ts';

/** Writes a row for each event it sees: the primary key tells of any that came twice. */
const journal = (behave: (position: Position) => void = () => {}): Projection =>
  defineProjection({
    name: 'journal',
    version: 1,
    sink: 'sql',
    title: 'Journal',
    categories: ['seen'],
    acknowledges: true,
    async apply(events, write) {
      for (const { globalPosition } of events) behave(globalPosition);
      await write('insert into journal select * from unnest($1::bigint[])', [events.map((one) => one.globalPosition)]);
    },
  });

describe('the projection engine', () => {
  let made: TestDatabase;
  let eventStore: EventStore;
  beforeEach(async () => {
    made = await createTestDatabase({ connectionsMax: 16 });
    eventStore = createPostgresEventStore(made.database);
    await made.database.query('create table journal (position bigint primary key)');
  });
  afterEach(async () => {
    await eventStore.close();
    await made.drop();
  });

  const append = (category: string, count: number, stream = '1') =>
    eventStore.append({
      streamId: parseStreamId(`${category}-${stream}`),
      expectedVersion: 'any',
      events: Array.from({ length: count }, (_, n) => ({ eventType: 'Seen', data: { n } })),
    });
  const start = (list: readonly Projection[]) =>
    startProjectionEngine({ database: made.database, eventStore, projections: list });
  const passed = async (position: Position) => {
    const acknowledgements = createAcknowledgements(made.database);
    const now = await acknowledgements.waitFor(position, { timeoutMs: 20_000 });
    await acknowledgements.stop();
    return now;
  };
  const written = async () =>
    (await made.database.query<{ position: string }>('select position from journal order by position')).map(
      (row) => row.position,
    );
  const expected = async () =>
    (
      await made.database.query<{ position: string }>(
        `select global_position as position from events where stream_id like 'seen-%' order by global_position`,
      )
    ).map((row) => row.position);

  test('two engines on one store apply each event once, while writers go on', async () => {
    const engines = await Promise.all([start([journal()]), start([journal()])]);
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => append(n % 3 === 0 ? 'other' : 'seen', 1 + (n % 4), `${n % 17}`)),
    );
    const { position } = await eventStore.highWaterMark();
    await passed(position);
    expect(await written()).toEqual(await expected());
    await Promise.all(engines.map((engine) => engine.stop()));
  });

  test('a worker alone waits for no lease of another, and one beside another for its end', async () => {
    const of = (id: string) =>
      createLeases(made.database, {
        id,
        processId: 1,
        host: 'here',
        leaseMs: 60_000,
        runs: [{ name: 'journal', version: 1 }],
      });
    const [alone, other] = [of(randomUUID()), of(randomUUID())];
    await registerProjections(made.database, [journal()]);
    expect(await alone.claim()).toHaveLength(1);
    expect((await alone.outlook()).expiresMs).toBeNull();
    const { expiresMs } = await other.outlook();
    expect(expiresMs).toBeGreaterThan(0);
    expect(expiresMs).toBeLessThanOrEqual(60_000);
  });

  test('workers share the versions fairly; what one leaves the other takes at once', async () => {
    const shares = async () => (await readWorkers(made.database)).map((worker) => worker.runs.length);
    const first = await start([journal(), ...projections]);
    expect(await shares()).toEqual([4]);
    const second = await start([journal(), ...projections]);
    await expect.poll(shares, { timeout: 15_000 }).toEqual([2, 2]);
    await first.stop();
    await expect.poll(shares, { timeout: 15_000 }).toEqual([4]);
    await second.stop();
    expect(await shares()).toEqual([]);
  });

  test('the checkpoint passes what a filter leaves out', async () => {
    const engine = await start([journal()]);
    await append('seen', 1);
    const { globalPosition } = await append('other', 50);
    const [acknowledged] = await passed(globalPosition);
    expect(comparePositions(acknowledged?.checkpoint ?? ('0' as Position), globalPosition)).toBeGreaterThanOrEqual(0);
    await engine.stop();
  });

  test('a failure in the middle of a page writes nothing of it, and nothing twice afterwards', async () => {
    await append('seen', 30);
    let failures = 5;
    const engine = await start([
      journal(() => {
        failures -= 1;
        if (failures > 0) throw new Error('once in a while');
      }),
    ]);
    await passed((await eventStore.highWaterMark()).position);
    expect(await written()).toEqual(await expected());
    await engine.stop();
  });

  test('a poison event stops its projection there and no other, is named, and is passed when it is mended', async () => {
    await append('seen', 40);
    const poison = (await append('seen', 1)).globalPosition;
    await append('seen', 20);
    let mended = false;
    const engine = await start([
      journal((position) => {
        if (position === poison && !mended) throw new Error(`can't read ${position}`);
      }),
      ...projections,
    ]);
    await expect.poll(async () => (await written()).length, { timeout: 20_000 }).toBe(40);
    const readStatus = createStatusReader(made.database, eventStore);
    await expect
      .poll(async () => (await readStatus()).projections.find((one) => one.name === 'journal'), { timeout: 10_000 })
      .toMatchObject({ state: 'faulted', fault: { position: poison, message: `can't read ${poison}` }, lagEvents: 21 });
    const others = async () =>
      (await readStatus()).projections.filter((one) => one.name !== 'journal').map((one) => one.lagEvents);
    await expect.poll(others, { timeout: 10_000 }).toEqual([0, 0, 0]);
    mended = true;
    await passed((await eventStore.highWaterMark()).position);
    await expect.poll(async () => (await written()).length, { timeout: 20_000 }).toBe(61);
    expect(await written()).toEqual(await expected());
    await engine.stop();
  });

  test('without a worker a projection is stalled once an event waits, says so, and its lag is what SQL counts', async () => {
    const engine = await start([journal()]);
    await passed((await append('seen', 3)).globalPosition);
    await engine.stop();
    await append('seen', 7);
    await append('other', 5);
    const [status] = (await createStatusReader(made.database, eventStore)()).projections;
    expect(status).toMatchObject({ name: 'journal', state: 'stalled', lagEvents: 7, lag: { cause: 'no_worker' } });
    expect(status?.lagSeconds).toBeGreaterThan(0);
  });

  test('every read model is the same when its events are applied again', async () => {
    for (let order = 0; order < 5; order += 1) {
      const data = { customerId: `c${order}`, lines: [], total: { amount: 100 + order, currency: 'EUR' } };
      const events = [
        { eventType: 'OrderPlaced', data },
        { eventType: 'OrderCancelled', data: { reason: 'late' } },
      ];
      await eventStore.append({ streamId: parseStreamId(`order-${order}`), expectedVersion: 0, events });
    }
    await append('other', 10);
    const { events } = await eventStore.readAll();
    const tables = ['orders', 'search_documents', 'density', 'stream_counts'];
    const rows = async () =>
      Promise.all(tables.map((table) => made.database.query(`select * from ${table} t order by t`)));
    const applyAll = () =>
      made.database.transaction(async (query) => {
        for (const projection of projections) {
          const wanted = events.filter((event) => projection.categories?.includes(event.category) ?? true);
          await projection.apply(wanted, query, { version: projection.version, effects: false });
        }
      });
    await applyAll();
    const first = await rows();
    expect(first.map((table) => table.length > 0)).toEqual(tables.map(() => true));
    await applyAll();
    expect(await rows()).toEqual(first);
  });
});
