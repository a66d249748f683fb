import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { START } from '#server/kernel/position.ts';
import type { FailurePolicy } from '#server/kernel/projection.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { journalProjection } from '#testing/journal.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createAcknowledgements } from './acknowledgements.ts';
import { createOperations } from './create-operations.ts';
import { startProjectionEngine } from './engine.ts';

class PoisonError extends Error {}

/** Five ways to fail, each with a value of its own in the message. */
const KINDS: ((event: RecordedEvent) => never)[] = [
  ({ globalPosition }) => {
    throw new PoisonError(`can't read ${globalPosition}`);
  },
  ({ streamId }) => {
    throw new TypeError(`no total in "${streamId}"`);
  },
  ({ eventId }) => {
    throw new RangeError(`the amount of ${eventId} is out of range`);
  },
  ({ streamVersion }) => {
    throw new Error(`version ${streamVersion} is unknown`);
  },
  () => {
    throw new Error('the currency is missing');
  },
];

describe('parked events', () => {
  let made: TestDatabase;
  let eventStore: EventStore;
  let mended: boolean;
  beforeEach(async () => {
    made = await createTestDatabase({ connectionsMax: 16 });
    eventStore = createPostgresEventStore(made.database);
    mended = false;
  });
  afterEach(async () => {
    await eventStore.close();
    await made.drop();
  });

  const projection = (onFailure: FailurePolicy) =>
    journalProjection({
      onFailure,
      behave(event) {
        const { poison } = event.data;
        if (typeof poison === 'number' && !mended) KINDS[poison]?.(event);
      },
    });
  const append = (stream: number, events: { poison?: number }[]) =>
    eventStore.append({
      streamId: parseStreamId(`seen-${stream}`),
      expectedVersion: 'any',
      events: events.map((data) => ({ eventType: 'Seen', data })),
    });
  const open = async () =>
    made.database.query<{ state: string; n: number }>(
      `select state, count(*)::int as n from parked where name = 'journal' group by state order by state`,
    );
  const written = async () =>
    Number((await made.database.query<{ n: string }>('select count(*) as n from journal'))[0]?.n);
  const inOrder = async () =>
    made.database.query(
      `select * from (select stream_version, row_number() over (partition by stream_id order by turn) as place from journal) t
       where stream_version <> place`,
    );
  const acts = async () =>
    (await eventStore.readStream(parseStreamId('projection-journal'))).events.map(({ eventType, data, metadata }) => ({
      eventType,
      count: data.count,
      reason: data.reason,
      actor: metadata.actor,
    }));

  async function start(policy: FailurePolicy) {
    const list = [projection(policy)];
    const engine = await startProjectionEngine({ database: made.database, eventStore, projections: list });
    const operations = createOperations({ database: made.database, eventStore, projections: list });
    return { engine, operations };
  }

  test('one parked each, in groups by kind; later events of their streams wait, all others go on; mended, retry empties it', async () => {
    for (let stream = 0; stream < 200; stream += 1) {
      await append(stream, [{}, stream % 8 === 0 ? { poison: (stream / 8) % 5 } : {}, {}, {}]);
    }
    const { engine, operations } = await start('park');
    await expect.poll(open, { timeout: 20_000 }).toEqual([
      { state: 'failed', n: 25 },
      { state: 'waiting', n: 50 },
    ]);
    await expect.poll(written, { timeout: 20_000 }).toBe(800 - 75);
    const { groups, total } = await operations.parkedGroups({});
    expect(groups.map((group) => [group.events, group.streams, group.waiting])).toEqual(Array(5).fill([5, 5, 10]));
    expect(total).toBe(75);
    await append(8, [{}]);
    await expect.poll(open, { timeout: 10_000 }).toContainEqual({ state: 'waiting', n: 51 });
    const [first] = (await operations.parkedEvents({ limit: 1 })).events;
    expect(first).toMatchObject({ streamId: 'seen-0', state: 'failed', waiting: 2 });
    const position = first?.globalPosition ?? START;
    expect((await operations.parkedEvents({ position })).events).toMatchObject([{ globalPosition: position }]);
    const detail = await operations.parkedEvent({ projection: 'journal', position });
    expect(detail.stack).toContain(`can't read ${position}`);
    expect(detail.event?.data).toEqual({ poison: 0 });
    const acknowledgements = createAcknowledgements(made.database);
    expect(await acknowledgements.current(position)).toMatchObject([{ name: 'journal', parked: true, faulted: false }]);
    expect(await acknowledgements.current()).toMatchObject([{ name: 'journal', parked: false }]);
    await acknowledgements.stop();

    mended = true;
    const asked = { projection: 'journal', actor: 'ada', reason: 'the handler is mended' };
    expect(await operations.retryParked({ ...asked, limit: 1 })).toMatchObject({ requested: 1 });
    expect((await operations.retryParked(asked)).requested).toBeGreaterThanOrEqual(20);
    await expect.poll(open, { timeout: 20_000 }).toEqual([]);
    expect(await written()).toBe(801);
    expect(await inOrder()).toEqual([]);
    expect(await acts()).toContainEqual({
      eventType: 'ParkedEventsRetried',
      count: 1,
      reason: asked.reason,
      actor: 'ada',
    });
    await engine.stop();
  });

  test('what still fails stays parked, with more attempts and a later next one', async () => {
    await append(1, [{ poison: 0 }, {}]);
    const { engine, operations } = await start('park');
    const attempts = async () => (await operations.parkedEvents({})).events[0]?.attempts;
    await expect.poll(attempts, { timeout: 10_000 }).toBe(1);
    await operations.retryParked({ projection: 'journal', actor: 'ada', reason: 'try again' });
    await expect.poll(attempts, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    expect(await open()).toEqual([
      { state: 'failed', n: 1 },
      { state: 'waiting', n: 1 },
    ]);
    await engine.stop();
  });

  test('a skip passes over one event, by whom and why, and the later ones of its stream go on', async () => {
    await append(1, [{}, { poison: 3 }, {}, { poison: 3 }, {}]);
    const { engine, operations } = await start('park');
    await expect.poll(open, { timeout: 10_000 }).toHaveLength(2);
    const [parked] = (await operations.parkedEvents({})).events;
    const asked = { projection: 'journal', actor: 'ada', reason: 'a test order' };
    const positions = parked ? [parked.globalPosition] : [];
    expect(await operations.skipParked({ ...asked, positions })).toMatchObject({ skipped: 1 });
    await expect.poll(written, { timeout: 10_000 }).toBe(2);
    await expect.poll(open, { timeout: 10_000 }).toEqual([
      { state: 'failed', n: 1 },
      { state: 'skipped', n: 1 },
      { state: 'waiting', n: 1 },
    ]);
    const skipped = await operations.parkedEvents({ state: 'skipped' });
    expect(skipped.events[0]?.skipped).toMatchObject({ actor: 'ada', reason: 'a test order' });
    expect(await acts()).toEqual([
      { eventType: 'ParkedEventsSkipped', count: 1, reason: 'a test order', actor: 'ada' },
    ]);
    await engine.stop();
  });

  test('under the policy stop everything waits for the event until somebody skips it', async () => {
    await append(1, [{}, {}]);
    await append(2, [{ poison: 4 }, {}]);
    await append(3, [{}]);
    const { engine, operations } = await start('stop');
    await expect.poll(open, { timeout: 10_000 }).toEqual([{ state: 'failed', n: 1 }]);
    await expect.poll(written).toBe(2);
    const [parked] = (await operations.parkedEvents({})).events;
    const positions = parked ? [parked.globalPosition] : [];
    await operations.skipParked({ projection: 'journal', actor: 'ada', reason: 'never mind', positions });
    await expect.poll(written, { timeout: 20_000 }).toBe(4);
    expect(await open()).toEqual([{ state: 'skipped', n: 1 }]);
    await engine.stop();
  });
});
