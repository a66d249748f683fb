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
    await put(`select 9001 as n, 'I changed my mind' as body union all select 9002, 'Started chat'`);
    await put(`select 9003 as n, 'nothing of it' as body`);
    await test_.database.query(
      `update search_documents set event_types = '{OrderDelivered}', body = 'topsecret', fields = '{"code": "topsecret"}',
         lexemes = to_tsvector('simple', 'topsecret OrderDelivered Order Delivered') where stream_id = 'note-9003'`,
    );
    await test_.database.query(
      `insert into density (bucket_seconds, bucket_start, category, event_type, count, first_position, last_position)
       values (2592000, '2026-01-01Z', 'note', 'OrderDelivered', 1, 1, 1)`,
    );
    await test_.database.query(
      `insert into search_documents (stream_id, category, version, title, body, fields, event_types, lexemes)
       select category || '-' || id, category, 1, id, 'a lamp', '{}', '{}', to_tsvector('simple', says || ' ' || id)
       from (values ('order', 'order'), ('payment', 'payment of order order')) c (category, says),
         (values ('14lo0001'), ('14lo000b')) i (id)`,
    );
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

  test('letters changed over find the word that was meant, and before it nothing that only shares some of them', async () => {
    const swapped = await ask('chagned');
    expect(swapped.hits.map(({ streamId, match, highlights }) => [streamId, match, highlights])).toEqual([
      ['note-9001', 'alike', ['\ue000changed\ue001 my mind']],
    ]);
    expect((await ask('chagned mind')).hits.map(({ streamId }) => streamId)).toEqual(['note-9001']);
  });

  test('a misspelt word of an event type finds the streams that have such an event', async () => {
    const { hits } = await ask('delivred');
    expect(hits.map(({ streamId, match }) => [streamId, match])).toEqual([['note-9003', 'alike']]);
  });

  test('who may not see masked fields finds such a stream by its event types, and not by what is masked', async () => {
    const masked = { names: ['code'], found: false };
    const find = async (q: string) =>
      (await search({ database: test_.database }, { q, limit: 3, masked })).hits.map(({ streamId }) => streamId);
    expect([await find('delivered'), await find('delivred'), await find('topsecret')]).toEqual([
      ['note-9003'],
      ['note-9003'],
      [],
    ]);
  });

  test('an id comes before what mentions it, then ids that begin so, and nothing that is only spelt alike', async () => {
    const found = async (q: string, category?: string) =>
      (await search({ database: test_.database }, { q, limit: 6, ...(category && { category }) })).hits;
    const ids = async (q: string, category?: string) => (await found(q, category)).map(({ streamId }) => streamId);
    expect(await ids('order-14lo0')).toEqual([
      'order-14lo0001',
      'order-14lo000b',
      'payment-14lo0001',
      'payment-14lo000b',
    ]);
    expect(await ids('order-14lo000b')).toEqual(['order-14lo000b', 'payment-14lo000b']);
    expect(await ids('payment-14lo000b')).toEqual(['payment-14lo000b']);
    expect(await ids('order-14lo0', 'payment')).toEqual(['payment-14lo0001', 'payment-14lo000b']);
    const scores = (await found('order-14lo0')).map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test('a category that has none of it gives none', async () => {
    expect(await ask('frequent', 'order')).toEqual({ hits: [], rankedMax: null });
  });
});
