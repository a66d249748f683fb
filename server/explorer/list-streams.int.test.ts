import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { categoryNames, listStreams } from './list-streams.ts';
import { recentStreams } from './recent-streams.ts';

describe('streams by a part of their ids', () => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await createTestDatabase();
    // More than are walked, so that the trigrams have to find the rare ones behind them.
    await test_.database.query(`
      insert into streams select 'meter-' || to_char(n, 'FM000000'), 'meter', 1, now(), now() from generate_series(1, 30000) n
      union all select 'order-' || id, 'order', 1, now(), now() from unnest(array['1', '17', '1_7', '100%', 'needle-in-hay']) id`);
  });
  afterAll(() => test_.drop());

  const ids = async (query: Parameters<typeof listStreams>[1]) =>
    (await listStreams(test_.database, query)).streams.map((stream) => stream.streamId);

  test('a prefix finds what begins with it, in pages that meet', async () => {
    expect(await ids({ prefix: 'order-1' })).toEqual(['order-1', 'order-100%', 'order-17', 'order-1_7']);
    const first = await listStreams(test_.database, { prefix: 'meter-0000', limit: 60 });
    const second = await listStreams(test_.database, { prefix: 'meter-0000', limit: 60, after: first.nextAfter ?? '' });
    expect([first.streams.length, second.streams.length, second.nextAfter]).toEqual([60, 39, null]);
  });

  test('a part that is rare is found behind thousands that are not it, a frequent one fills its page', async () => {
    expect(await ids({ contains: 'needle' })).toEqual(['order-needle-in-hay']);
    expect(await ids({ contains: '29999' })).toEqual(['meter-029999']);
    const page = await listStreams(test_.database, { contains: 'ter-', limit: 100 });
    expect([page.streams.length, page.nextAfter]).toEqual([100, 'meter-000100']);
    expect(await ids({ contains: 'needle', category: 'meter' })).toEqual([]);
  });

  test('categories whose names begin alike are kept apart, by name and by their streams', async () => {
    await test_.database.query(`
      insert into streams select category || '-' || id, category, 1, now(), now()
      from unnest(array['metering', 'meter.old', 'meter_2', 'Meter']) category, unnest(array['1', '~', '-', '\u{10FFFF}']) id`);
    expect(await categoryNames(test_.database)).toEqual([
      'Meter',
      'meter',
      'meter.old',
      'meter_2',
      'metering',
      'order',
    ]);
    const all = ['--', '-1', '-~', '-\u{10FFFF}'];
    for (const category of ['Meter', 'meter.old', 'meter_2', 'metering']) {
      expect(await ids({ category })).toEqual(all.map((end) => category + end));
      expect(await ids({ category, contains: '-' })).toEqual(all.map((end) => category + end));
      expect(await ids({ category, prefix: 'met' })).toEqual(category === 'Meter' ? [] : await ids({ category }));
    }
    expect(await ids({ category: 'meter', prefix: 'meter.' })).toEqual([]);
    expect(await ids({ category: 'meter', prefix: 'meter-02999' })).toHaveLength(10);
    expect(await ids({ category: 'order-1' })).toEqual([]);
  });

  test('a text too short for an index is looked for in pages that may be empty and still go on', async () => {
    await test_.database.query(
      `insert into streams select 'probe-' || to_char(n, 'FM000000'), 'probe', 1, now(), now() from generate_series(1, 120000) n
       union all select 'reading-qx', 'reading', 1, now(), now()`,
      [],
      { deadlineMs: 60_000 },
    );
    const found: string[] = [];
    let after: string | null = '';
    let pages = 0;
    while (after !== null) {
      const page: Awaited<ReturnType<typeof listStreams>> = await listStreams(test_.database, {
        contains: 'qx',
        after,
      });
      found.push(...page.streams.map((stream) => stream.streamId));
      after = page.nextAfter;
      pages += 1;
    }
    expect(found).toEqual(['reading-qx']);
    expect(pages).toBe(2);
  }, 60_000);

  test('characters of a pattern stand for themselves', async () => {
    expect(await ids({ contains: '1_7' })).toEqual(['order-1_7']);
    expect(await ids({ contains: '0%' })).toEqual(['order-100%']);
    expect(await ids({ contains: '\\' })).toEqual([]);
  });

  test('the streams of the newest events are told with what they grew, in each order', async () => {
    const eventStore = createPostgresEventStore(test_.database);
    const event = { eventType: 'Happened', data: {} };
    const append = (streamId: string, n: number) =>
      eventStore.append({
        streamId: streamId as StreamId,
        expectedVersion: 'any',
        events: Array.from({ length: n }, () => event),
      });
    await append('visit-a', 3);
    await append('visit-b', 1);
    await append('visit-a', 1);
    await append('call-c', 2);
    const recent = (sort: 'last' | 'growth' | 'version', category?: string) =>
      recentStreams({ database: test_.database, eventStore }, { sort, ...(category && { category }) });
    expect((await recent('last')).streams.map((one) => [one.streamId, one.growth])).toEqual([
      ['call-c', 2],
      ['visit-a', 4],
      ['visit-b', 1],
    ]);
    expect((await recent('growth')).streams.map((one) => one.streamId)).toEqual(['visit-a', 'call-c', 'visit-b']);
    const visits = await recent('version', 'visit');
    expect(visits).toMatchObject({ streamsFound: 2, eventsLookedAt: 7 });
    expect(visits.since).not.toBeNull();
    await eventStore.close();
  });
});
