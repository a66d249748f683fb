import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Folder } from '#server/kernel/decider.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase } from '#testing/postgres.ts';
import { createPostgresEventStore } from './postgres-event-store.ts';

const EVENTS = 5000;
const APPENDED = 1000;
const counting: Folder = {
  name: 'counting',
  version: 1,
  initialState: { count: 0 },
  evolve: (state) => ({ count: Number(state.count) + 1 }),
};

let store: EventStore;
let drop: () => Promise<void>;
beforeAll(async () => {
  const made = await createTestDatabase();
  store = createPostgresEventStore(made.database);
  drop = made.drop;
});
afterAll(async () => {
  await store.close();
  await drop();
});

test('a page that asks for many states of a long stream at once has the stream folded once', async () => {
  const streamId = parseStreamId('stock-long');
  for (let version = 0; version < EVENTS; version += APPENDED) {
    const events = Array.from({ length: APPENDED }, () => ({ eventType: 'Counted', data: {} }));
    await store.append({ streamId, expectedVersion: version, events });
  }
  const versions = [EVENTS, EVENTS - 1, EVENTS - 2, 4200, 3300];
  const folded = await Promise.all(versions.map((version) => store.foldStream(streamId, counting, { version })));
  expect(folded.map(({ state }) => state.count)).toEqual(versions);
  expect(folded.filter(({ snapshotVersion }) => snapshotVersion === null)).toHaveLength(1);
  expect(folded.reduce((sum, { eventsFolded }) => sum + eventsFolded, 0)).toBeLessThan(2 * EVENTS);
});
