import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

describe('what the density projection counts', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
    for (const [streamId, minute] of [
      ['order-1', 0],
      ['order-1', 5],
      ['order-2', 50],
      ['stock-1', 700],
    ] as const) {
      const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
      const events = [{ eventType: 'Noted', data: {}, occurredAt }];
      await tidemark.services.eventStore.append({ streamId: streamId as never, expectedVersion: 'any', events });
    }
    await caughtUp();
  });
  afterAll(() => tidemark.stop());

  const caughtUp = () =>
    vi.waitFor(
      async () => {
        const [row] = await tidemark.database.query<{ behind: number }>(
          `select (select max(global_position) from events)::float8 - checkpoint::float8 as behind
         from checkpoints where name = 'density'`,
        );
        expect(row?.behind).toBe(0);
      },
      { timeout: 15_000 },
    );
  const counts = () =>
    tidemark.database.query(
      `select bucket_seconds as seconds, category, count(*)::int as buckets, sum(count)::int as events
       from density where category in ('order', 'stock', 'visit', 'meter') group by 1, 2 order by 1, 2`,
    );
  /** Without those of Tidemark's own record, which an act on a projection writes to. */
  const streams = async () => {
    const { categories, complete } = await tidemark.services.explorer.listCategories();
    return {
      categories: categories
        .filter(({ category }) => category !== 'projection' && category !== 'audit')
        .map(({ category, streams }) => ({ category, streams })),
      complete,
    };
  };

  test('every event stands once in each width, from the second to the month', async () => {
    const found = await counts();
    expect(found.filter(({ category }) => category === 'order')).toEqual([
      { seconds: 1, category: 'order', buckets: 3, events: 3 },
      { seconds: 60, category: 'order', buckets: 3, events: 3 },
      { seconds: 600, category: 'order', buckets: 2, events: 3 },
      { seconds: 3600, category: 'order', buckets: 1, events: 3 },
      { seconds: 21_600, category: 'order', buckets: 1, events: 3 },
      { seconds: 86_400, category: 'order', buckets: 1, events: 3 },
      { seconds: WIDEST_LEVEL, category: 'order', buckets: 1, events: 3 },
    ]);
  });

  test('streams are counted by category, and what is applied again counts nothing', async () => {
    const right = {
      categories: [
        { category: 'order', streams: 2 },
        { category: 'stock', streams: 1 },
      ],
      complete: true,
    };
    expect(await streams()).toEqual(right);
    const { categories } = await tidemark.services.explorer.listCategories();
    const [row] = await tidemark.database.query<{ first: string }>(
      `select min(global_position) as first from events where stream_id like 'stock-%'`,
    );
    expect(categories.find(({ category }) => category === 'stock')?.firstPosition).toBe(row?.first);
    const before = await counts();
    await tidemark.services.operations.rewind({
      name: 'density',
      to: '1' as never,
      reason: 'to count twice',
      actor: 'test',
    });
    await caughtUp();
    expect(await counts()).toEqual(before);
    expect(await streams()).toEqual(right);
  });

  test('streams that are yet to be counted are counted all the same, and many of them are said to be not all', async () => {
    const { operations, eventStore } = tidemark.services;
    const categories = async () => (await streams()).categories.map(({ category }) => category);
    await operations.pause({ name: 'density', reason: 'to be behind', actor: 'test' });
    const events = [{ eventType: 'Noted', data: {} }];
    await eventStore.append({ streamId: 'visit-1' as never, expectedVersion: 'any', events });
    expect(await streams()).toMatchObject({ complete: true });
    expect(await categories()).toContain('visit');
    await tidemark.database.query(`
      insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at)
      select nextval('event_positions'), 'meter-1', n, 'Read', 1, gen_random_uuid(), '{}', '{}', now(), now() from generate_series(1, 20000) n`);
    expect(await streams()).toMatchObject({ complete: false });
    await operations.resume({ name: 'density', reason: 'to catch up', actor: 'test' });
    await caughtUp();
    expect(await streams()).toMatchObject({ complete: true });
    expect(await categories()).toEqual(['meter', 'order', 'stock', 'visit']);
  });
});
