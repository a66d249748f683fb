import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareEvents } from '#server/event-store/prepare-events.ts';
import { comparePositions } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { append } from './append.ts';
import { appendGroup } from './append-group.ts';

let behind: TestDatabase;
beforeAll(async () => {
  behind = await createTestDatabase({ connectionsMax: 1 });
});
afterAll(() => behind.drop());

/** In the order of their names within one test. */
const prefix = `line-${randomUUID()}`;
const request = (name: string, expectedVersion: number | 'any', events = 1) => ({
  streamId: parseStreamId(`${prefix}-${name}`),
  expectedVersion,
  events: prepareEvents(Array.from({ length: events }, (_, n) => ({ eventType: 'Added', data: { name, n } }))),
});
const eventsOf = (name: string) =>
  behind.database.query<{ version: number; position: string; n: number }>(
    `select stream_version::int as version, global_position::text as position, (data->>'n')::int as n
      from events where stream_id = $1 order by stream_version`,
    [`${prefix}-${name}`],
  );
const versionOf = async (name: string) => {
  const [row] = await behind.database.query<{ version: number }>(
    'select version::int as version from streams where stream_id = $1',
    [`${prefix}-${name}`],
  );
  return row?.version;
};

test('a group opens streams and continues others; versions and positions of each rise together', async () => {
  const opened = await appendGroup(behind.database, [request('a1', 0), request('a2', 0, 3), request('a3', 0, 2)]);
  expect(opened.map((answer) => answer?.streamVersion)).toEqual([1, 3, 2]);
  const continued = await appendGroup(behind.database, [request('a0', 0), request('a1', 1), request('a2', 3, 2)]);
  expect(continued.map((answer) => answer?.streamVersion)).toEqual([1, 2, 5]);
  const single = await appendGroup(behind.database, [request('a0', 1), request('a1', 2), request('a3', 2)]);
  expect(single.map((answer) => answer?.streamVersion)).toEqual([2, 3, 3]);

  const events = await eventsOf('a2');
  expect(events.map(({ version, n }) => [version, n])).toEqual([0, 1, 2, 0, 1].map((n, index) => [index + 1, n]));
  const answered = [opened[1], continued[2]].flatMap((answer) => answer?.positions ?? []);
  expect(events.map(({ position }) => position)).toEqual(answered);
  expect(answered.toSorted(comparePositions)).toEqual(answered);
});

test('a member that does not fit has no answer and leaves nothing; the others are appended', async () => {
  await appendGroup(behind.database, [request('b1', 0), request('b2', 0, 2), request('b3', 0)]);
  const answers = await appendGroup(behind.database, [
    request('b0', 3),
    request('b1', 1),
    request('b2', 1),
    request('b3', 0),
    request('b4', 0),
  ]);
  expect(answers.map((answer) => answer?.streamVersion)).toEqual([undefined, 2, undefined, undefined, 1]);
  expect(await Promise.all(['b0', 'b1', 'b2', 'b3', 'b4'].map(versionOf))).toEqual([undefined, 2, 2, 1, 1]);
  expect((await eventsOf('b1')).map(({ version }) => version)).toEqual([1, 2]);
  expect(await eventsOf('b2')).toHaveLength(2);
});

test('versions that are wrong by as much up as down do not pass as a sum', async () => {
  await appendGroup(behind.database, [request('c1', 0, 2), request('c2', 0, 4)]);
  const answers = await appendGroup(behind.database, [request('c1', 3), request('c2', 3)]);
  expect(answers).toEqual([undefined, undefined]);
});

test('behind any version the versions that come of it are answered, and the events have them', async () => {
  await appendGroup(behind.database, [request('f1', 0, 2), request('f3', 0)]);
  const one = await appendGroup(behind.database, [request('f1', 'any'), request('f2', 'any'), request('f3', 'any')]);
  const several = await appendGroup(behind.database, [request('f1', 'any', 2), request('f2', 'any')]);
  const both = await appendGroup(behind.database, [request('f1', 'any'), request('f2', 2)]);
  const all = [one, several, both];
  expect(all.map((answers) => answers.map((answer) => answer?.streamVersion))).toEqual([
    [3, 1, 2],
    [5, 2],
    [6, 3],
  ]);
  for (const [index, name] of ['f1', 'f2', 'f3'].entries()) {
    const answered = all.flatMap((answers) => answers[index]?.positions ?? []);
    const events = await eventsOf(name);
    expect(events.map(({ version }) => version)).toEqual(events.map((_, at) => at + 1));
    expect(events.slice(-answered.length).map(({ position }) => position)).toEqual(answered);
  }
});

test('any version and a time of its own go in a group as well', async () => {
  const timed = request('d2', 0);
  timed.events = prepareEvents([{ eventType: 'Added', data: {}, occurredAt: '2020-01-02T03:04:05.006Z' }]);
  const answers = await appendGroup(behind.database, [request('d1', 'any'), timed]);
  expect(answers.map((answer) => answer?.streamVersion)).toEqual([1, 1]);
  const [row] = await behind.database.query<{ first_at: string; last_at: string }>(
    'select first_at, last_at from streams where stream_id = $1',
    [`${prefix}-d2`],
  );
  expect(row).toEqual({ first_at: timed.events[0]?.occurredAt, last_at: timed.events[0]?.occurredAt });
});

test('no append reads all of streams, whatever its plan was made for: few streams, then many, then few', async () => {
  const { database } = behind;
  const scans = async () => {
    await database.query('select pg_stat_force_next_flush()');
    const [row] = await database.query<{ scans: number }>(
      `select seq_scan::int as scans from pg_stat_user_tables
        where relname = 'streams' and schemaname = current_schema()`,
    );
    return row?.scans;
  };
  /** More often than the five times for which Postgres makes a plan anew. */
  const appendAll = async (name: string) => {
    for (let version = 0; version < 8; version += 1) {
      await append(database, request(`${name}1`, version));
      await append(database, request(`${name}2`, version * 2, 2));
      await appendGroup(database, [request(`${name}3`, version), request(`${name}4`, version)]);
    }
  };
  const fill = `insert into streams select 'fill-' || n, 'fill', 1, now(), now() from generate_series(1, 20000) n`;
  for (const change of ['analyze streams', fill, 'analyze streams', `delete from streams where category = 'fill'`]) {
    await database.query(change);
    const before = await scans();
    await appendAll(`e${randomUUID()}`);
    expect(await scans()).toBe(before);
  }
});
