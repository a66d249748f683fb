import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { projections as shipped } from '#server/projections/definitions/index.ts';
import type { ActRequest, Operations } from '#server/projections/operations.ts';
import { journalProjection } from '#testing/journal.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createOperations } from './create-operations.ts';
import { startProjectionEngine } from './engine.ts';
import { createStatusReader } from './read-status.ts';

const asked: ActRequest = { name: 'journal', actor: 'ada', reason: 'to see it done' };

describe('versions of a projection', () => {
  let made: TestDatabase;
  let eventStore: EventStore;
  let operations: Operations;
  let engine: { stop(): Promise<void> } | undefined;
  beforeEach(async () => {
    made = await createTestDatabase({ connectionsMax: 16 });
    eventStore = createPostgresEventStore(made.database);
  });
  afterEach(async () => {
    await engine?.stop();
    await eventStore.close();
    await made.drop();
  });

  async function start(list: readonly Projection[] = [journalProjection()]) {
    engine = await startProjectionEngine({ database: made.database, eventStore, projections: list });
    operations = createOperations({ database: made.database, eventStore, projections: list });
  }
  const append = (count: number, stream = 1) =>
    eventStore.append({
      streamId: parseStreamId(`seen-${stream}`),
      expectedVersion: 'any',
      events: Array.from({ length: count }, (_, n) => ({ eventType: 'Seen', data: { n } })),
    });
  const journal = async () => {
    const statement = 'select count(*)::int as n, min(made_by) as low, max(made_by) as high from journal';
    return (await made.database.query<{ n: number; low: number; high: number }>(statement))[0];
  };
  const status = async () => {
    const { projections } = await createStatusReader(made.database, eventStore)();
    return projections.find((one) => one.name === 'journal');
  };
  const version = async (wanted: number) => (await status())?.versions.find((one) => one.version === wanted);
  const refusedWith = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (isTidemarkError(error, 'act-refused') ? error.message : String(error)),
    );

  test('a rebuild is promoted and rolled back while writers and readers go on: no reader sees a mixture or a step back', async () => {
    await start();
    for (let stream = 0; stream < 10; stream += 1) await append(300, stream);
    let writing = true;
    let last = 0;
    const seen: { n: number; low: number; high: number }[] = [];
    const writer = (async () => {
      while (writing) await append(1, Math.floor(Math.random() * 10));
    })();
    const reader = (async () => {
      while (writing) {
        const now = await journal();
        if (now !== undefined && now.n > 0) seen.push(now);
      }
    })();
    await expect.poll(async () => (await journal())?.n, { timeout: 20_000 }).toBeGreaterThanOrEqual(3000);
    const begun = await operations.rebuild(asked);
    expect(begun).toMatchObject({ act: 'rebuild', version: 2 });
    await expect.poll(async () => (await version(2))?.promotable, { timeout: 20_000 }).toBe(true);
    expect((await journal())?.high).toBe(1);
    await operations.promote(asked);
    expect((await journal())?.low).toBe(2);
    await operations.rollback(asked);
    expect((await journal())?.high).toBe(1);
    await operations.promote({ ...asked, version: 2 });
    writing = false;
    await Promise.all([writer, reader]);
    for (const { n, low, high } of seen) {
      expect(low).toBe(high);
      expect(n).toBeGreaterThanOrEqual(last);
      last = n;
    }
    expect(new Set(seen.map((one) => one.low)).size).toBe(2);
    await operations.drop({ ...asked, version: 1 });
    expect((await status())?.versions.map((one) => one.version)).toEqual([2]);
    const { events } = await eventStore.readStream(parseStreamId('projection-journal'));
    expect(events.map((event) => event.eventType)).toEqual([
      'ProjectionRebuildStarted',
      'ProjectionPromoted',
      'ProjectionRolledBack',
      'ProjectionPromoted',
      'ProjectionVersionDropped',
    ]);
    // Each answer names the event that tells of it.
    expect(begun.globalPosition).toBe(events[0]?.globalPosition);
    expect(begun.streamVersion).toBe(events[0]?.streamVersion);
    expect(events.every((event) => event.metadata.actor === 'ada' && event.data.reason === asked.reason)).toBe(true);
  });

  test('a paused version does nothing until it is resumed; a throttled one keeps to its rate; a cancelled one leaves nothing', async () => {
    await start();
    await append(500);
    await expect.poll(async () => (await journal())?.n, { timeout: 10_000 }).toBe(500);
    await operations.pause(asked);
    await append(10);
    expect((await status())?.state).toBe('paused');
    await operations.rebuild({ ...asked, eventsPerSecondMax: 20 });
    await expect.poll(async () => (await version(2))?.eventsHandled, { timeout: 10_000 }).toBeGreaterThan(0);
    expect((await version(2))?.eventsHandled).toBeLessThan(500);
    expect((await version(2))?.progress).toMatchObject({ eventsTotal: 510, timeLeft: { seconds: expect.any(Number) } });
    expect(await refusedWith(operations.promote(asked))).toMatch(/no indexes yet|positions behind/);
    expect((await journal())?.n).toBe(500);
    await operations.cancel(asked);
    const left = await made.database.query(`select 1 from pg_namespace where nspname = 'tidemark_journal_v2'`);
    expect(left).toEqual([]);
    await operations.resume(asked);
    await expect.poll(async () => (await journal())?.n, { timeout: 10_000 }).toBe(510);
  });

  test('a rebuild goes on where it was when its worker stops', async () => {
    await start();
    await append(600);
    await operations.rebuild({ ...asked, eventsPerSecondMax: 100 });
    await expect.poll(async () => (await version(2))?.eventsHandled, { timeout: 10_000 }).toBeGreaterThan(0);
    await engine?.stop();
    const before = Number((await version(2))?.checkpoint);
    await start();
    await operations.throttle({ ...asked, version: 2, eventsPerSecondMax: null });
    await expect.poll(async () => (await version(2))?.eventsHandled, { timeout: 10_000 }).toBe(600);
    expect(before).toBeGreaterThan(0);
    await expect.poll(async () => (await version(2))?.promotable, { timeout: 10_000 }).toBe(true);
    await operations.promote(asked);
    expect(await journal()).toEqual({ n: 600, low: 2, high: 2 });
  });

  test('a throttled version that can not come up while a switch waits is not offered, and says why', async () => {
    await start();
    await append(20);
    await operations.rebuild(asked);
    await expect.poll(async () => (await version(2))?.promotable, { timeout: 10_000 }).toBe(true);
    // Held until it knows of the limit: it would take what comes before that at once.
    await operations.pause({ ...asked, version: 2 });
    await operations.throttle({ ...asked, version: 2, eventsPerSecondMax: 1 });
    await append(60);
    await operations.resume({ ...asked, version: 2 });
    await expect.poll(async () => (await version(2))?.whyNot, { timeout: 30_000 }).toMatch(/throttled to 1 a second/);
    const { refused } = await operations.blastRadius({ name: asked.name, act: 'promote' });
    expect(refused).toMatch(/^journal v2 is \d+ events behind .* throttled to 1 a second/);
  });

  test('the bound of a build ends with its promotion, and the estimate keeps to it until then', async () => {
    await start();
    await append(120);
    await expect.poll(async () => (await journal())?.n, { timeout: 10_000 }).toBe(120);
    const radius = await operations.blastRadius({ name: asked.name, act: 'rebuild', eventsPerSecondMax: 10 });
    expect(radius.time?.seconds).toBeCloseTo(radius.eventsToRead / 10);
    await operations.rebuild({ ...asked, eventsPerSecondMax: 400 });
    await expect.poll(async () => (await version(2))?.promotable, { timeout: 10_000 }).toBe(true);
    expect((await version(2))?.eventsPerSecondMax).toBe(400);
    await operations.promote(asked);
    expect((await version(2))?.eventsPerSecondMax).toBeNull();
    // What is set for the version that serves stays with it.
    await operations.throttle({ ...asked, version: 2, eventsPerSecondMax: 300 });
    await operations.rollback(asked);
    expect((await version(2))?.eventsPerSecondMax).toBe(300);
  });

  test('the total of a build is that of the serving version, however its events lie', async () => {
    const counting = journalProjection({ categories: ['seen'] });
    await start([counting]);
    // Of its own events half come early and half late: their share of the positions passed falls, and grows again.
    await append(50);
    for (let page = 0; page < 12; page += 1) {
      await eventStore.append({
        streamId: parseStreamId('other-1'),
        expectedVersion: 'any',
        events: Array.from({ length: 1000 }, () => ({ eventType: 'Other', data: {} })),
      });
    }
    await append(50);
    await expect.poll(async () => (await journal())?.n, { timeout: 20_000 }).toBe(100);
    await operations.rebuild({ ...asked, eventsPerSecondMax: 1 });
    const totals = new Set<number | undefined>();
    for (let look = 0; look < 10; look += 1) {
      totals.add((await version(2))?.progress?.eventsTotal);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect([...totals]).toEqual([100]);
    await operations.cancel(asked);
  });

  test('newer code is built beside what readers see, and serves them with its own columns once it is promoted', async () => {
    await start();
    await append(20);
    await expect.poll(async () => (await journal())?.n, { timeout: 10_000 }).toBe(20);
    await engine?.stop();
    const tables = [
      'create table journal (made_by int not null, position bigint primary key, doubled bigint not null)',
    ];
    const newer = journalProjection({
      version: 2,
      tables,
      async apply(events, write, context) {
        const statement = 'insert into journal select $2::int, p, p * 2 from unnest($1::bigint[]) p';
        await write(statement, [events.map((event) => event.globalPosition), context.version]);
      },
    });
    await start([journalProjection(), newer]);
    await expect.poll(async () => (await version(2))?.promotable, { timeout: 10_000 }).toBe(true);
    expect((await version(2))?.codeVersion).toBe(2);
    await operations.promote(asked);
    const [row] = await made.database.query('select count(*)::int as n, min(doubled) > 0 as doubled from journal');
    expect(row).toEqual({ n: 20, doubled: true });
    await operations.rollback(asked);
    expect(await journal()).toEqual({ n: 20, low: 1, high: 1 });
  });

  test('a rewind applies events again, refuses to go forward, and is fenced', async () => {
    const applied: string[] = [];
    const counting = journalProjection({
      async apply(events, write) {
        applied.push(...events.map((event) => event.globalPosition));
        await write(
          'insert into journal (position, stream_id, stream_version, made_by) select p, $2, 1, 1 from unnest($1::bigint[]) p on conflict do nothing',
          [events.map((event) => event.globalPosition), 'any'],
        );
      },
    });
    await start([counting]);
    await append(10);
    await expect.poll(async () => (await journal())?.n, { timeout: 10_000 }).toBe(10);
    expect(await refusedWith(operations.rewind({ ...asked, to: '99' as never }))).toContain('only skip passes over');
    const radius = (to: string) => operations.blastRadius({ name: 'journal', act: 'rewind', to: to as never });
    expect(await radius('0')).toMatchObject({ eventsToRead: 10, refused: null, irreversible: [expect.any(String)] });
    expect(await radius('4')).toMatchObject({ eventsToRead: 6 });
    expect(await radius('20000')).toMatchObject({ eventsToRead: 0 });
    // Counted, and the same whichever act asks: the statistics of a table just built say more than it has.
    for (const act of ['rebuild', 'promote'] as const) {
      expect(await operations.blastRadius({ name: 'journal', act, version: 1 })).toMatchObject({
        rows: 10,
        rowsCounted: true,
      });
    }
    await operations.rewind({ ...asked, to: '4' as never });
    await expect.poll(() => applied.length, { timeout: 10_000 }).toBe(16);
    // Handled is counted with the checkpoint, in the transaction that ends after the last `apply` began.
    await expect.poll(async () => (await status())?.versions[0]?.eventsHandled, { timeout: 10_000 }).toBe(10);
  });

  test('effects are done once each, by the version that serves: not by a build, not again after a switch', async () => {
    await made.database.query('create table done (position bigint not null, by_version int not null)');
    const effectful = journalProjection({
      effects: true,
      async apply(events, write, context) {
        const positions = events.map((event) => event.globalPosition);
        const rows = `insert into journal (position, stream_id, stream_version, made_by)
          select p, 'any', 1, $2::int from unnest($1::bigint[]) p`;
        await write(rows, [positions, context.version]);
        const effects = 'insert into done select p, $2::int from unnest($1::bigint[]) p';
        if (context.effects) await write(effects, [positions, context.version]);
      },
    });
    await start([effectful]);
    await append(300);
    let writing = true;
    const writer = (async () => {
      while (writing) await append(1);
    })();
    await operations.rebuild(asked);
    await expect.poll(async () => (await version(2))?.promotable, { timeout: 20_000 }).toBe(true);
    await operations.promote(asked);
    await append(20);
    await operations.rollback(asked);
    await append(20);
    await operations.promote({ ...asked, version: 2 });
    await append(20);
    writing = false;
    await writer;
    const counts = async () =>
      (
        await made.database.query(
          `select (select count(*) from events where stream_id like 'seen-%') = count(*) as all,
             count(*) = count(distinct position) as once, count(distinct by_version)::int as versions from done`,
        )
      )[0];
    await expect.poll(counts, { timeout: 20_000 }).toEqual({ all: true, once: true, versions: 2 });
  });

  test('the tables that the code declares are those that the first version has', async () => {
    const list = shipped.filter((one) => (one.tables ?? []).length > 0);
    await start(list);
    const columns = (like: string) =>
      made.database.query(
        `select split_part(indexdef, ' USING ', 2) as def from pg_indexes where schemaname like $1 order by 1`,
        [like],
      );
    for (const { name } of list) await operations.rebuild({ ...asked, name });
    await expect
      .poll(async () => (await columns('tidemark%v2')).length, { timeout: 20_000 })
      .toBe((await columns('tidemark%v1')).length);
    expect(await columns('tidemark%v2')).toEqual(await columns('tidemark%v1'));
  });
});
