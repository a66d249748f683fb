import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRegistry } from '#server/domain/registry.ts';
import { seedStore } from '#server/seed/seed-store.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import type { LaneBy, Timeline } from './explorer.ts';

const to = Date.UTC(2026, 0, 31);
const from = to - 86_400_000;
const at = (ms: number) => new Date(ms).toISOString();

describe('the timeline', () => {
  let tidemark: TestTidemark;
  const ask = (part: { from: number; to: number; lanesBy?: LaneBy; streamId?: string; categories?: string[] }) =>
    tidemark.services.explorer.timeline({
      buckets: 600,
      lanesBy: 'category',
      ...part,
      from: at(part.from),
      to: at(part.to),
    } as never);
  const counted = (timeline: Timeline) =>
    timeline.buckets.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
  const countIn = async (first: number, last: number, and = 'true') => {
    const statement = `select count(*)::float8 as count from events where occurred_at >= $1 and occurred_at < $2 and ${and}`;
    const [row] = await tidemark.database.query<{ count: number }>(statement, [at(first), at(last)]);
    return row?.count ?? 0;
  };

  beforeAll(async () => {
    tidemark = await startTidemark();
    const plan = { events: 6000, streams: 1200, seed: 1, from, to, onProgress: () => {} };
    await seedStore(tidemark.database, createRegistry(), plan);
  });
  afterAll(() => tidemark.stop());

  test('a window of more than 2,000 events has density alone, in at most 600 buckets that count every one', async () => {
    const timeline = await ask({ from, to });
    expect(timeline.events).toBeNull();
    expect(counted(timeline)).toBe(6000);
    expect(timeline.buckets.length).toBeLessThanOrEqual(600);
    expect(Date.parse(timeline.from)).toBeLessThanOrEqual(from - 43_200_000);
  });

  test.each([
    { lanesBy: 'category' as LaneBy, ofStream: false },
    { lanesBy: 'category' as LaneBy, ofStream: true },
    { lanesBy: 'actor' as LaneBy, ofStream: false },
  ])(
    'says how many the window has, however far its buckets reach past it, as the facets do: %j',
    async ({ lanesBy, ofStream }) => {
      const window = { from: from + 10 * 3_600_000, to: from + 18 * 3_600_000 + 61_000 };
      const [row] = await tidemark.database.query<{ id: string }>(
        `select stream_id as id from streams where category = 'stock' order by version desc limit 1`,
      );
      const uncounted = `select count(*)::int as count from events
        where global_position > (select checkpoint from checkpoints where name = 'density')`;
      await vi.waitFor(async () => expect((await tidemark.database.query(uncounted))[0]).toEqual({ count: 0 }), 20_000);
      const narrowed = ofStream ? { streamId: row?.id ?? '' } : {};
      const { inWindow } = await ask({ ...window, lanesBy, ...narrowed });
      const times = { from: at(window.from), to: at(window.to) };
      const facets = await tidemark.services.explorer.facets({ ...times, ...narrowed } as never);
      expect(Object.values(inWindow).reduce((sum, count) => sum + count, 0)).toBe(facets.total);
      expect(facets.total).toBe(await countIn(window.from, window.to, ofStream ? `stream_id = '${row?.id}'` : 'true'));
      if (lanesBy === 'category') {
        expect(inWindow).toEqual(Object.fromEntries(facets.categories.map(({ value, count }) => [value, count])));
      }
    },
  );

  test('a window of fewer has the very events of its time, in global order', async () => {
    const window = { from: from + 10 * 3_600_000, to: from + 12 * 3_600_000 };
    const { events } = await ask(window);
    expect(events?.length).toBe(await countIn(window.from, window.to));
    expect(events?.length).toBeGreaterThan(50);
    const positions = (events ?? []).map((event) => Number(event.globalPosition));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    const orders = await ask({ ...window, categories: ['order'] });
    expect(orders.events?.length).toBe(await countIn(window.from, window.to, `stream_id like 'order-%'`));
  });

  test.each(['stream', 'actor', 'correlation', 'eventType'] as const)(
    'lanes by %s count the same events',
    async (lanesBy) => {
      const window = { from, to };
      const timeline = await ask({ ...window, lanesBy });
      expect(counted(timeline)).toBe(6000);
      expect(timeline.newestOnly).toBeNull();
      const names = new Set(timeline.buckets.flatMap(({ counts }) => Object.keys(counts)));
      expect(names.size).toBeLessThanOrEqual(201);
      if (lanesBy === 'stream') expect(names).toContain('(other)');
      if (lanesBy === 'actor') expect(names).toContain('warehouse');
    },
  );

  test('a stream has its own events and none of a stream whose id begins alike', async () => {
    const [row] = await tidemark.database.query<{ id: string }>(
      `select stream_id as id from streams where category = 'stock' order by version desc limit 1`,
    );
    const streamId = row?.id ?? '';
    const timeline = await ask({ from, to, streamId });
    expect(new Set(timeline.events?.map((event) => event.streamId))).toEqual(new Set([streamId]));
    expect(await ask({ from, to, streamId: streamId.slice(0, -1) })).toMatchObject({ events: [], buckets: [] });
  });
});
