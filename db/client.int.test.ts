import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFaultProxy, type FaultProxy } from '#testing/fault-proxy.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { connectDatabase } from './client.ts';
import type { Database } from './database.ts';

const DEADLINE_MS = 400;

describe('a database behind faults', () => {
  let behind: TestDatabase;
  let proxy: FaultProxy;
  let database: Database;

  beforeEach(async () => {
    behind = await createTestDatabase({ connectionsMax: 2 });
    proxy = await createFaultProxy(behind.url);
    database = connectDatabase({
      url: proxy.url,
      schema: 'tidemark',
      applicationName: 'client-test',
      connectionsMax: 3,
      deadlineMs: DEADLINE_MS,
    });
  });

  afterEach(async () => {
    proxy.set('none');
    await database.close();
    await proxy.close();
    await behind.drop();
  });

  const one = () => database.query('select 1 as one');
  const answers = () => vi.waitFor(async () => expect(await one()).toEqual([{ one: 1 }]), { timeout: 5000 });

  test('a server that closes during start-up rejects the call at once, and is asked once a call', async () => {
    proxy.set('close-at-start');
    const settled = await Promise.allSettled([one(), one(), one()]);
    expect(settled.map((each) => each.status === 'rejected' && (each.reason as { code: string }).code)).toEqual(
      Array(3).fill('database-unavailable'),
    );
    expect(proxy.taken()).toBeLessThanOrEqual(3);
  });

  test('after five failures the breaker answers without touching the server, and closes when it is back', async () => {
    proxy.set('close-at-start');
    for (let failure = 0; failure < 5; failure += 1)
      await expect(one()).rejects.toMatchObject({ code: 'database-unavailable' });
    expect(database.status().breaker).toBe('open');
    const before = proxy.taken();
    const settled = await Promise.allSettled(Array.from({ length: 200 }, one));
    expect(settled.every((each) => each.status === 'rejected')).toBe(true);
    expect(proxy.taken()).toBe(before);
    await expect(one()).rejects.toMatchObject({ code: 'database-unavailable', details: { retryAfterSeconds: 1 } });
    proxy.set('none');
    await answers();
    expect(database.status().breaker).toBe('closed');
  });

  test('a connection cut in the middle of a statement rejects that call; the next one is answered', async () => {
    await one();
    const long = database.query('select pg_sleep(60)', [], { deadlineMs: 30_000 });
    const rejected = expect(long).rejects.toMatchObject({ code: 'database-unavailable' });
    await asleep(behind);
    proxy.cut();
    await rejected;
    await answers();
  });

  test('connections that the server ended while nobody used them cost no call', async () => {
    await Promise.all([one(), one(), one()]);
    const ended = await behind.database.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'client-test'`,
    );
    expect(ended).toHaveLength(3);
    await vi.waitFor(() => expect(proxy.open()).toBe(0), { timeout: 5000 });
    // What the proxy closed last is heard of in the loop's next turn.
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    await expect(Promise.all([one(), one(), one(), one(), one(), one()])).resolves.toHaveLength(6);
  });

  test('a frozen server holds no call past its deadline, queued calls and a transaction under way included', async () => {
    let proceed = () => {};
    const step = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    await one();
    const transaction = database.transaction(async (query) => {
      await query('select 1');
      await step;
      await query('select 2');
    });
    const outcome = expect(transaction).rejects.toMatchObject({ code: 'deadline-exceeded' });
    proxy.set('freeze');
    proceed();
    const startedAt = performance.now();
    const settled = await Promise.allSettled(Array.from({ length: 20 }, one));
    await outcome;
    // A deadline is a promise about time; ten times its length tells a hang from a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(10 * DEADLINE_MS);
    expect(settled.every((each) => each.status === 'rejected')).toBe(true);
    await vi.waitFor(() => expect(database.status()).toMatchObject({ connectionsInUse: 0, waiting: 0 }));
    proxy.set('none');
    await answers();
  });

  test('callers that go away lose their call and do not open the breaker', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const caller = new AbortController();
      const call = database.query('select pg_sleep(60)', [], { deadlineMs: 30_000, signal: caller.signal });
      await asleep(behind);
      caller.abort(new Error('the tab was closed'));
      await expect(call).rejects.toThrow('the tab was closed');
      await vi.waitFor(async () => expect(await sleepers(behind)).toBe(0), { timeout: 5000 });
    }
    expect(database.status().breaker).toBe('closed');
    await answers();
  });

  test('a caller that goes away while it waits for a connection is rejected at once, and sends nothing', async () => {
    const caller = new AbortController();
    const long = Array.from({ length: 3 }, () =>
      database.query('select pg_sleep(60)', [], { deadlineMs: 30_000, signal: caller.signal }).catch(() => {}),
    );
    await vi.waitFor(async () => expect(await sleepers(behind)).toBe(3), { timeout: 5000 });
    const gone = new AbortController();
    const waiting = database.query(`create table never (a int)`, [], { deadlineMs: 30_000, signal: gone.signal });
    gone.abort(new Error('the tab was closed'));
    await expect(waiting).rejects.toThrow('the tab was closed');
    caller.abort(new Error('done'));
    await Promise.all(long);
    await answers();
    expect(await behind.database.query(`select to_regclass('never') as found`)).toEqual([{ found: null }]);
  });

  test('listening goes on by itself after a cut, at two attempts a second at most', async () => {
    let hints = 0;
    const listener = database.listen('tidemark:test', () => {
      hints += 1;
    });
    await vi.waitFor(() => expect(hints).toBeGreaterThan(0), { timeout: 5000 });
    const before = proxy.taken();
    proxy.set('close-at-start');
    const cutAt = performance.now();
    proxy.cut();
    await vi.waitFor(() => expect(proxy.taken() - before).toBeGreaterThanOrEqual(3), { timeout: 5000 });
    expect((proxy.taken() - before) / ((performance.now() - cutAt) / 1000)).toBeLessThanOrEqual(3);
    proxy.set('none');
    const heard = hints;
    await vi.waitFor(() => expect(hints).toBeGreaterThan(heard), { timeout: 5000 });
    const again = hints;
    await behind.database.query(`notify "tidemark:test"`);
    await vi.waitFor(() => expect(hints).toBeGreaterThan(again), { timeout: 5000 });
    await listener.stop();
  });
});

test('all channels share a connection, each hears its own, and the last to leave ends it', async () => {
  const behind = await createTestDatabase();
  const database = connectDatabase({ url: behind.url, schema: 'tidemark', applicationName: 'ears' });
  const heard = { one: 0, two: 0, again: 0 };
  const hear = (name: keyof typeof heard, channel: string) =>
    database.listen(channel, () => {
      heard[name] += 1;
    });
  const ears = async () => {
    const [row] = await behind.database.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where application_name = $1 and datname = current_database()`,
      ['ears'],
    );
    return row?.count;
  };
  const listeners = [hear('one', 'first channel'), hear('two', 'second channel')];
  await vi.waitFor(() => expect(heard).toEqual({ one: 1, two: 1, again: 0 }));
  listeners.push(hear('again', 'first channel'));
  await behind.database.query('notify "first channel"');
  await vi.waitFor(() => expect(heard).toEqual({ one: 2, two: 1, again: 1 }));
  expect(await ears()).toBe(1);
  await listeners[0]?.stop();
  await listeners[2]?.stop();
  await behind.database.query('notify "first channel"');
  await behind.database.query('notify "second channel"');
  await vi.waitFor(() => expect(heard).toEqual({ one: 2, two: 2, again: 1 }));
  await listeners[1]?.stop();
  await vi.waitFor(async () => expect(await ears()).toBe(0));
  const late = hear('one', 'first channel');
  await vi.waitFor(() => expect(heard.one).toBe(3));
  await late.stop();
  await database.close();
  await behind.drop();
});

async function sleepers({ database, url }: TestDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = $1 and query like 'select pg_sleep%' and state = 'active'`,
    [new URL(url).pathname.slice(1)],
  );
  return row?.count ?? 0;
}

async function asleep(behind: TestDatabase): Promise<void> {
  await vi.waitFor(async () => expect(await sleepers(behind)).toBe(1), { timeout: 5000 });
}

test('arrays of every type that is used go to the database and come back as they were', async () => {
  const direct = await createTestDatabase();
  const texts = ['', 'a,b', '"', '\\', 'NULL', '{}', ' space ', 'ü 日本', null];
  const [row] = await direct.database.query(
    `select $1::text[] as texts, $2::bigint[] as bigints, $3::int[] as ints, $4::timestamptz[] as times, $5::uuid[] as uuids,
       $6::jsonb[] as objects, $7::float8[] as floats, '{t,f}'::bool[] as booleans, array['a']::name[] as names, '{}'::text[] as none`,
    [
      texts,
      ['9007199254740993', 2],
      [1, -2],
      ['2026-01-01T00:00:00.123Z'],
      ['00000000-0000-4000-8000-000000000001'],
      [{ a: ['"', 1] }],
      [0.5],
    ],
  );
  expect(row).toEqual({
    texts,
    bigints: ['9007199254740993', '2'],
    ints: [1, -2],
    times: ['2026-01-01T00:00:00.123Z'],
    uuids: ['00000000-0000-4000-8000-000000000001'],
    objects: [{ a: ['"', 1] }],
    floats: [0.5],
    booleans: [true, false],
    names: ['a'],
    none: [],
  });
  await direct.drop();
});
