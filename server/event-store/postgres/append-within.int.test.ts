import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import { type ConnectedEventStore, connectEventStore } from '#server/event-store/index.ts';
import { prepareEvents } from '#server/event-store/prepare-events.ts';
import { comparePositions } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { appendWithin } from './append.ts';
import { createPostgresEventStore } from './postgres-event-store.ts';

let behind: TestDatabase;
let store: EventStore;
beforeAll(async () => {
  behind = await createTestDatabase();
  store = createPostgresEventStore(behind.database);
  await behind.database.query('create table notes (text text primary key)');
});
afterAll(async () => {
  await store.close();
  await behind.drop();
});

const request = (streamId: string, expectedVersion = 0) => ({
  streamId: parseStreamId(streamId),
  expectedVersion,
  events: prepareEvents([{ eventType: 'Noted', data: {} }]),
});
const notes = () => behind.database.query<{ text: string }>('select text from notes order by text');

test("an append inside the caller's own transaction stands or falls with what else it wrote", async () => {
  const kept = `note-${randomUUID()}`;
  const given = await behind.database.transaction(async (query) => {
    await query('insert into notes values ($1)', ['kept']);
    return appendWithin(query, request(kept));
  });
  expect(given).toMatchObject({ streamId: kept, streamVersion: 1, appended: 1, duplicate: false });
  const dropped = `note-${randomUUID()}`;
  const failing = behind.database.transaction(async (query) => {
    await appendWithin(query, request(dropped));
    await query('insert into notes values ($1)', ['kept']);
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(await notes()).toEqual([{ text: 'kept' }]);
  expect((await store.readStream(parseStreamId(dropped))).events).toEqual([]);
  expect((await store.readStream(parseStreamId(kept))).events).toHaveLength(1);
});

test('a version that does not fit rejects with the actual one, and takes the transaction with it', async () => {
  const streamId = `note-${randomUUID()}`;
  await store.append(request(streamId));
  const late = behind.database.transaction(async (query) => {
    await query('insert into notes values ($1)', ['late']);
    await appendWithin(query, request(streamId));
  });
  await expect(late).rejects.toMatchObject({ code: 'expected-version-conflict', details: { actualVersion: 1 } });
  expect(await notes()).not.toContainEqual({ text: 'late' });
});

test('while it is open it holds readers at the mark, not other writers; after it all is there in order', async () => {
  const { position: before } = await store.highWaterMark();
  await behind.database.transaction(async (query) => {
    const open = await appendWithin(query, request(`note-${randomUUID()}`));
    const other = await store.append(request(`note-${randomUUID()}`));
    expect(comparePositions(other.globalPosition, open.globalPosition)).toBeGreaterThan(0);
    const mark = await store.highWaterMark();
    expect(mark).toMatchObject({ position: before, heldBy: { applicationName: 'tidemark-test' } });
    expect((await store.readAll({ after: before })).events).toEqual([]);
  });
  const { events } = await store.readAll({ after: before });
  expect(events).toHaveLength(2);
});

describe("on the caller's own connection, by a driver of his", () => {
  let connected: ConnectedEventStore;
  let sql: postgres.Sql;
  beforeAll(async () => {
    connected = await connectEventStore({ url: behind.url, schema: 'tidemark' });
    sql = postgres(behind.url, { max: 2, connection: { search_path: 'public' } });
    await sql`create table orders_of_mine (n int primary key)`;
  });
  afterAll(async () => {
    await connected.close();
    await sql.end();
  });

  const mine = (streamId: string, expectedVersion: number, events: { eventId?: string; eventType: string }[]) => ({
    streamId: parseStreamId(streamId),
    expectedVersion,
    events: events.map((event) => ({ ...event, data: { mine: true } })),
  });
  type Own = postgres.TransactionSql;
  const append = (own: Own, request: ReturnType<typeof mine>) =>
    connected.appendWithin((text, values) => own.unsafe(text, values as never[]), request);
  const versionOf = async (streamId: string) =>
    (await connected.readStream(parseStreamId(streamId))).events.at(-1)?.streamVersion ?? 0;

  test('events and rows are kept by one commit, and who follows in another process hears of it', async () => {
    const streamId = `mine-${randomUUID()}`;
    const heard = vi.fn();
    const { position } = await store.highWaterMark();
    const subscription = store.subscribe({ after: position, onEvents: (events) => events.forEach(heard) });
    const result = await sql.begin(async (own) => {
      await own`insert into orders_of_mine values (1)`;
      await append(own, mine(streamId, 0, [{ eventType: 'Kept' }, { eventType: 'KeptToo' }]));
      const after = await append(own, mine(streamId, 2, [{ eventType: 'KeptLast' }]));
      // The caller's own path stands again: his table is found without its schema, ours is not.
      await own`insert into orders_of_mine values (2)`;
      expect(await own`select to_regclass('events') as found`).toEqual([{ found: null }]);
      return after;
    });
    expect(result).toMatchObject({ streamVersion: 3, appended: 1 });
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3));
    await subscription.stop();
  });

  test('what does not fit is named, and nothing of the transaction stays', async () => {
    const streamId = `mine-${randomUUID()}`;
    const eventId = randomUUID();
    await connected.append(mine(streamId, 0, [{ eventId, eventType: 'First' }]));
    const failing = (request: ReturnType<typeof mine>) =>
      sql.begin(async (own) => {
        await own`insert into orders_of_mine values (9)`;
        await append(own, request);
      });
    await expect(failing(mine(streamId, 5, [{ eventType: 'Late' }]))).rejects.toMatchObject({
      code: 'expected-version-conflict',
      message: `${streamId} is at version 1, not at 5`,
      details: { streamId, expectedVersion: 5, actualVersion: 1 },
    });
    await expect(failing(mine(streamId, 1, [{ eventId, eventType: 'Again' }]))).rejects.toMatchObject({
      code: 'event-id-reused',
      details: { field: 'events' },
    });
    await expect(failing(mine(streamId, 1, [{ eventType: 'no type' }]))).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'events[0].eventType' },
    });
    expect(await sql`select n from orders_of_mine where n = 9`).toEqual([]);
    expect(await versionOf(streamId)).toBe(1);
  });
});
