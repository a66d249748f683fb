import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { migrate } from '#db/migrate.ts';
import { createRegistry } from '#server/domain/registry.ts';
import { connectEventStore } from '#server/event-store/index.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { startProjectionEngine } from '#server/projections/engine/engine.ts';
import { createRuntime } from '#server/runtime.ts';
import { describeEventStore } from './event-store-contract.ts';
import { describeFolds } from './fold-contract.ts';
import { type PgBouncer, pgbouncerProgram, startPgbouncer } from './pgbouncer.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';

// Where pgbouncer is not installed nothing here can be told; it is no package of npm.
describe.skipIf(pgbouncerProgram === undefined)('behind pgbouncer in transaction mode', () => {
  let behind: TestDatabase;
  let pooler: PgBouncer;
  const opened: Database[] = [];
  const open = (schema = 'tidemark', rest = '') => {
    const database = connectDatabase({
      url: `${pooler.url}${rest}`,
      schema,
      applicationName: 'pooled',
      connectionsMax: 8,
    });
    opened.push(database);
    return database;
  };
  beforeAll(async () => {
    behind = await createTestDatabase();
    const name = new URL(behind.url).pathname.slice(1);
    await behind.database.query(`alter database "${name}" set default_transaction_isolation = 'serializable'`);
    pooler = await startPgbouncer(behind.url);
  });
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await pooler.stop();
    await behind.drop();
  });

  for (const describeContract of [describeEventStore, describeFolds]) {
    describeContract('Postgres behind pgbouncer', async () => {
      const own = await createTestDatabase();
      const bouncer = await startPgbouncer(own.url);
      const store = await connectEventStore({ url: bouncer.url, schema: 'tidemark' });
      return {
        store,
        async close() {
          await store.close();
          await bouncer.stop();
          await own.drop();
        },
      };
    });
  }

  test('each statement has its settings, whatever session it meets, and leaves none behind', async () => {
    const [one, two] = [open('tidemark'), open('elsewhere')];
    const settings = `select current_setting('search_path') as path, current_setting('TimeZone') as zone,
      current_setting('idle_in_transaction_session_timeout') as idle, current_setting('transaction_isolation') as level`;
    const asked = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? one : two).query(settings));
    for (const [n, rows] of (await Promise.all(asked)).entries()) {
      const path = n % 2 === 0 ? 'tidemark, public' : 'elsewhere, public';
      expect(rows).toEqual([{ path, zone: 'UTC', idle: '30s', level: 'read committed' }]);
    }
    const rows = await one.transaction(async (query) => {
      await query('create temporary table kept (n int) on commit drop');
      await query('insert into kept values ($1)', [1]);
      return query(`select n, current_setting('search_path') as path from kept`);
    });
    expect(rows).toEqual([{ n: 1, path: 'tidemark, public' }]);
  });

  test('readings in order come in one transaction, and their first error is told', async () => {
    const database = open();
    const path = { statement: `select current_setting('search_path') as path` };
    const divide = (by: number) => ({ statement: 'select 6 / $1::int as n', parameters: [by] });
    for (const by of [1, 2, 3]) {
      const answers = await database.readInOrder<[{ path: string }, { n: number }]>([path, divide(by)]);
      expect(answers).toEqual([[{ path: 'tidemark, public' }], [{ n: 6 / by }]]);
    }
    await expect(database.readInOrder<[object, object]>([divide(0), path])).rejects.toMatchObject({ code: '22012' });
    expect(await database.readInOrder<[{ n: number }]>([divide(6)])).toEqual([[{ n: 1 }]]);
  });

  test('an error of a statement is its own, and the next one is answered', async () => {
    const database = open();
    const settled = await Promise.allSettled([
      database.query('select 1 / $1::int', [0]),
      database.query('select $1::int as n', [2]),
      database.query('insert into streams values ($1)', ['no']),
    ]);
    expect(
      settled.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : one.value)),
    ).toEqual(['22012', [{ n: 2 }], '23502']);
    expect(await database.query('select count(*)::int as n from streams where stream_id = $1', ['no'])).toEqual([
      { n: 0 },
    ]);
  });

  test('two stores in one database are migrated by way of it and stay apart', async () => {
    const [one, two] = [open('store_one'), open('store_two')];
    await Promise.all([migrate(one), migrate(two)]);
    await one.query(`insert into streams values ('a-1', 'a', 1, now(), now())`);
    expect(await two.query('select count(*)::int as n from streams')).toEqual([{ n: 0 }]);
  });

  test('a command runs its whole way, up to both acknowledgements, by the polls alone', async () => {
    const database = open();
    const runtime = await createRuntime({
      url: pooler.url,
      schema: 'tidemark',
      embedded: false,
      secret: 'a secret of at least 32 characters',
      workerState: () => ({ state: 'running', restarts: 0 }),
      shutdown: new AbortController().signal,
    });
    const eventStore = await connectEventStore({
      url: pooler.url,
      schema: 'tidemark',
      upcasters: createRegistry().upcasters,
    });
    const engine = await startProjectionEngine({ database, eventStore, projections });
    const lines = [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 1900, currency: 'EUR' } }];
    const receipts = await Promise.all(
      Array.from({ length: 20 }, () =>
        runtime.services.commandBus.handle({
          commandType: 'PlaceOrder',
          streamId: `order-${randomUUID()}`,
          data: { customerId: 'ada', lines },
          actor: 'test',
          waitForMs: 20_000,
        }),
      ),
    );
    for (const receipt of receipts) {
      expect(receipt).toMatchObject({ outcome: 'accepted', state: { status: 'placed' } });
      expect(receipt.projections.map(({ state }) => state)).toEqual(['applied', 'applied']);
    }
    await engine.stop();
    await runtime.close();
    await eventStore.close();
  });

  test('listening goes past it where the address says so', async () => {
    const { host } = new URL(behind.url);
    const { username, password } = new URL(behind.url);
    const url = new URL(`${pooler.url}&listen=${host}`);
    Object.assign(url, { username, password });
    const listening = connectDatabase({ url: url.href, schema: 'tidemark', applicationName: 'listener' });
    opened.push(listening);
    let hints = 0;
    const listener = listening.listen('tidemark:pooled', () => {
      hints += 1;
    });
    await vi.waitFor(() => expect(hints).toBe(1));
    await open().query(`select pg_notify('tidemark:pooled', '')`);
    await vi.waitFor(() => expect(hints).toBe(2));
    await listener.stop();
  });
});
