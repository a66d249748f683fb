import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import type { Density } from './explorer.ts';
import { countedRange } from './narrowed.ts';

const total = (density: Density) =>
  density.buckets.flatMap((bucket) => Object.values(bucket.counts)).reduce((sum, count) => sum + count, 0);

describe('density', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
    const { eventStore } = tidemark.services;
    for (const [streamId, actor, minute] of [
      ['order-1', 'ada', 0],
      ['order-1', 'ben', 10],
      ['order-2', 'ada', 10],
      ['stock-1', 'ada', 20],
    ] as const) {
      const occurredAt = new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
      const metadata = { actor, correlationId: `c-${minute}` };
      await eventStore.append({
        streamId: streamId as never,
        expectedVersion: 'any',
        events: [{ eventType: 'Noted', data: {}, metadata, occurredAt }],
      });
    }
  });
  afterAll(() => tidemark.stop());

  const range = { from: '2026-01-01T12:00:00Z', to: '2026-01-01T13:00:00Z', buckets: 60, by: 'category' } as const;
  const ask = (filter: object) => tidemark.services.explorer.density({ ...range, ...filter });

  test('counts what the same filter lists, whether or not the rollups know it', async () => {
    for (const filter of [
      {},
      { categories: ['order'] },
      { streamId: 'order-1' },
      { actor: 'ada' },
      { correlationId: 'c-10' },
      { actor: 'ada', categories: ['order'] },
    ]) {
      const listed = await tidemark.services.explorer.listEvents({
        ...filter,
        from: range.from,
        to: range.to,
      } as never);
      expect(total(await ask(filter)), JSON.stringify(filter)).toBe(listed.events.length);
    }
  });

  test('says from when on it counted, where only the newest positions are', async () => {
    const parts = { database: tidemark.database, eventStore: tidemark.services.eventStore };
    const filter = { actor: 'ada', ...range };
    expect(await countedRange(parts, filter, 2)).toMatchObject({
      newestOnly: 2,
      countedFrom: '2026-01-01T12:10:00.000Z',
    });
    expect(await countedRange(parts, filter)).toMatchObject({ newestOnly: null, countedFrom: null });
    expect(await ask({ actor: 'ada' })).toMatchObject({ countedFrom: null });
  });

  test('puts a narrowed count into the buckets of its times', async () => {
    const density = await ask({ actor: 'ada' });
    expect(density.buckets).toEqual([
      { start: '2026-01-01T12:00:00.000Z', counts: { order: 1 } },
      { start: '2026-01-01T12:10:00.000Z', counts: { order: 1 } },
      { start: '2026-01-01T12:20:00.000Z', counts: { stock: 1 } },
    ]);
  });
});
