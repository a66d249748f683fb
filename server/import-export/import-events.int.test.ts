import { expect, test } from 'vitest';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase } from '#testing/postgres.ts';
import { importEvents } from './import-events.ts';

const lineOf = (n: number, quantity = n) =>
  JSON.stringify({
    specversion: '1.0',
    id: `event-${n}`,
    source: '/test',
    type: 'StockReceived',
    subject: `stock-${n % 7}`,
    time: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
    data: { quantity },
  });

async function* feed(lines: readonly string[]) {
  yield* lines;
}

test('a line that is wrong ends an import with what came before it written; the same again goes on from there', async () => {
  const { database, drop } = await createTestDatabase();
  const store = createPostgresEventStore(database);
  const run = (lines: readonly string[]) => importEvents(database, feed(lines), { dryRun: false, onProgress() {} });
  const lines = Array.from({ length: 9000 }, (_, n) => lineOf(n + 1));

  const wrong = lines.with(7200, '{"specversion":"1.0"}');
  await expect(run(wrong)).rejects.toMatchObject({ code: 'bad-request', details: { line: 7201 } });
  const { position } = await store.highWaterMark();
  expect(Number(position)).toBe(5000);

  expect(await run(lines)).toEqual({ lines: 9000, added: 4000, known: 5000 });
  expect(await run(lines)).toEqual({ lines: 9000, added: 0, known: 9000 });
  const { events } = await store.readAll({ limit: 2000 });
  expect(events.map((event) => event.data.quantity)).toEqual(Array.from({ length: 2000 }, (_, n) => n + 1));
  const { events: stream } = await store.readStream(parseStreamId('stock-3'));
  expect(stream.map((event) => event.streamVersion)).toEqual(stream.map((_, index) => index + 1));
  expect(
    await database.query(
      'select 1 from streams s where version <> (select count(*) from events e where e.stream_id = s.stream_id)',
    ),
  ).toEqual([]);

  // The same id with other content, in the middle of known and new lines.
  const reused = [...lines.slice(0, 5), lineOf(6, 99), lineOf(10_000)];
  await expect(run(reused)).rejects.toMatchObject({ code: 'event-id-reused', details: { line: 6 } });
  expect(await database.query('select 1 from events offset 9000')).toEqual([]);
  await store.close();
  await drop();
});
