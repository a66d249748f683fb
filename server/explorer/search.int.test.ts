import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { search } from './search.ts';

describe('search over more documents than are ranked', () => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await createTestDatabase();
    const put = (rows: string) =>
      test_.database.query(
        `insert into search_documents (stream_id, category, version, title, body, fields, event_types, lexemes)
         select 'note-' || n, 'note', 1, n::text, body, '{}', '{}', to_tsvector('simple', body) from (${rows}) r`,
        [],
        { deadlineMs: 60_000 },
      );
    await put(`select n, 'frequent words' as body from generate_series(1, 2500) n`);
    await put(`select n, 'nothing of it' as body from generate_series(2501, 8000) n`);
    await put(`select n, 'seldom, or uncommonly' as body from generate_series(8001, 8003) n`);
  });
  afterAll(() => test_.drop());

  const ask = (q: string, category?: string) =>
    search({ database: test_.database }, { q, limit: 3, ...(category && { category }) });

  test('a word that most have answers with the best of so many, and says of how many', async () => {
    const { hits, rankedMax } = await ask('frequent');
    expect([hits.length, rankedMax]).toEqual([3, 2000]);
    expect(hits.every((hit) => hit.match === 'words')).toBe(true);
  });

  test('a rare word behind thousands is found whole, and so is one that is misspelt', async () => {
    const exact = await ask('seldom');
    expect(exact.hits.map((hit) => hit.streamId)).toEqual(['note-8001', 'note-8002', 'note-8003']);
    expect(exact.rankedMax).toBeNull();
    const alike = await ask('uncomonly');
    expect(alike.hits.map((hit) => [hit.match, hit.title])).toEqual([
      ['alike', '8001'],
      ['alike', '8002'],
      ['alike', '8003'],
    ]);
    expect(alike.rankedMax).toBeNull();
  });

  test('a category that has none of it gives none', async () => {
    expect(await ask('frequent', 'order')).toEqual({ hits: [], rankedMax: null });
  });
});
