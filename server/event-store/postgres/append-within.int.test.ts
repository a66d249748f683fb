import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
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
