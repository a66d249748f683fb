import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRegistry } from '#server/domain/registry.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { type SeedOptions, seedStore } from './seed-store.ts';

describe('seeding a store', () => {
  let test_: TestDatabase;
  const to = Date.UTC(2026, 0, 31);
  const options: SeedOptions = {
    events: 5000,
    streams: 900,
    seed: 7,
    from: to - 86_400_000,
    to,
    onProgress: () => {},
  };
  const count = async () => {
    const statement = `select (select count(*) from events)::float8 as events, (select count(*) from streams)::float8 as streams`;
    return (await test_.database.query<{ events: number; streams: number }>(statement))[0];
  };

  beforeAll(async () => {
    test_ = await createTestDatabase();
  });
  afterAll(() => test_.drop());

  test('one that is stopped goes on where it stopped, with the times it began with', async () => {
    const stop = new AbortController();
    const stopped = seedStore(test_.database, createRegistry(), {
      ...options,
      signal: stop.signal,
      onProgress: ({ written }) => written >= 2000 && stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    const known = (await count())?.events ?? 0;
    expect(known).toBeGreaterThanOrEqual(2000);
    expect(known).toBeLessThan(5000);
    const later = { ...options, from: options.from + 3_600_000, to: to + 3_600_000 };
    const done = await seedStore(test_.database, createRegistry(), later);
    expect(done).toEqual({ written: 5000 - known, known, total: 5000 });
    expect(await count()).toEqual({ events: 5000, streams: 900 });
    const backwards = await test_.database.query(
      `select 1 from (select occurred_at, lag(occurred_at) over (order by global_position) as before from events) e
       where occurred_at < before or occurred_at >= $1`,
      [new Date(to).toISOString()],
    );
    expect(backwards).toEqual([]);
  });

  test('a second run of a whole one adds nothing', async () => {
    const again = await seedStore(test_.database, createRegistry(), options);
    expect(again).toEqual({ written: 0, known: 5000, total: 5000 });
    expect(await count()).toEqual({ events: 5000, streams: 900 });
  });
});
