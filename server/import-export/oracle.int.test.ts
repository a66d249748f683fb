import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRegistry } from '#server/domain/registry.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { streamState } from '#server/explorer/stream-state.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { exportEvents } from './export-events.ts';
import { importEvents } from './import-events.ts';

type Line = {
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  correlationid: string;
  data: JsonObject;
};
type History = { name: string; lines: Line[]; alive: Map<string, string> };

const REAL = '../shared/data/express-history.ndjson.gz';
const REAL_ALIVE = '../shared/data/express-files.tsv';

/** A history of the real one's shape, made here, so that the guarantee is tested wherever the sources are. */
function madeHistory(): History {
  const lines: Line[] = [];
  const alive = new Map<string, string>();
  let random = 42;
  const next = (below: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % below;
  };
  for (let commit = 0; commit < 300; commit += 1) {
    const touched = new Set(Array.from({ length: 1 + next(5) }, () => `src/dir ${next(3)}/file-${next(40)}.ts`));
    for (const path of touched) {
      const deleted = alive.has(path) && next(6) === 0;
      const type = deleted ? 'FileDeleted' : alive.has(path) ? 'FileModified' : 'FileAdded';
      const blob = `blob-${commit}-${next(1e6)}`;
      if (deleted) alive.delete(path);
      else alive.set(path, blob);
      lines.push({
        id: `${commit}:${path}`,
        source: 'git:made/here',
        type,
        subject: `file-${path}`,
        time: new Date(Date.UTC(2020, 0, 1) + commit * 3_600_000).toISOString(),
        correlationid: `commit-${commit}`,
        data: deleted ? { path, deleted: true, blob: null } : { path, deleted: false, blob, message: `“${commit}” ✓` },
      });
    }
  }
  return { name: 'a history made here', lines, alive };
}

async function realHistory(): Promise<History> {
  const lines: Line[] = [];
  const input = createReadStream(REAL).pipe(createGunzip());
  for await (const line of createInterface({ input })) lines.push(JSON.parse(line) as Line);
  const rows = readFileSync(REAL_ALIVE, 'utf8').trimEnd().split('\n');
  return {
    name: 'the history of a real repository',
    lines,
    alive: new Map(rows.map((row) => row.split('\t').reverse() as [string, string])),
  };
}

async function* asText(lines: readonly Line[]) {
  for (const line of lines) yield JSON.stringify({ specversion: '1.0', datacontenttype: 'application/json', ...line });
}

/** The fold as anyone would write it, over the file's own lines: what ours is held to. */
function naiveState(lines: readonly Line[]): JsonObject {
  const state: JsonObject = {};
  for (const { data } of lines) {
    for (const [key, value] of Object.entries(data)) {
      if (value === null) delete state[key];
      else state[key] = value;
    }
  }
  return state;
}

const histories = [madeHistory(), ...(existsSync(REAL) ? [await realHistory()] : [])];
const options = { dryRun: false, onProgress: () => {} };

describe.each(histories)('$name', ({ lines, alive }) => {
  let test1: TestDatabase;
  beforeAll(async () => {
    test1 = await createTestDatabase();
  });
  afterAll(() => test1.drop());

  const parts = () => ({ eventStore: createPostgresEventStore(test1.database), registry: createRegistry() });
  const linesOf = (subject: string) => lines.filter((line) => line.subject === subject);

  test('a dry run tells what would be added, and adds nothing', async () => {
    const done = await importEvents(test1.database, asText(lines), { ...options, dryRun: true });
    expect(done).toMatchObject({ lines: lines.length, added: lines.length, known: 0 });
    expect(await test1.database.query('select 1 from events')).toEqual([]);
  });

  test('is added once, whole, and a second time not at all', async () => {
    expect(await importEvents(test1.database, asText(lines), options)).toMatchObject({ added: lines.length, known: 0 });
    expect(await importEvents(test1.database, asText(lines), options)).toMatchObject({ added: 0, known: lines.length });
  });

  test('keeps the order of the file', async () => {
    const rows = await test1.database.query<{ id: string }>(
      `select coalesce(metadata->>'cloudEventId', event_id::text) as id from events order by global_position`,
    );
    expect(rows.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
  });

  test('folds to exactly the files that are alive at its end', async () => {
    const { eventStore, registry } = parts();
    const found = new Map<string, unknown>();
    for (const subject of new Set(lines.map((line) => line.subject))) {
      const { state } = await streamState({ eventStore, registry }, { streamId: parseStreamId(subject) });
      if (state.deleted === false) found.set(subject.slice('file-'.length), state.blob);
    }
    await eventStore.close();
    expect(found).toEqual(alive);
  });

  test('gives the state at 200 versions and times as a fold of its own lines does', async () => {
    const { eventStore, registry } = parts();
    const subjects = [...new Set(lines.map((line) => line.subject))];
    for (let turn = 0; turn < 200; turn += 1) {
      const subject = subjects[(turn * 7919) % subjects.length] ?? '';
      const own = linesOf(subject);
      const version = 1 + ((turn * 104_729) % own.length);
      const streamId = parseStreamId(subject);
      const byVersion = await streamState({ eventStore, registry }, { streamId, version });
      expect(byVersion).toMatchObject({ streamVersion: version, state: naiveState(own.slice(0, version)) });
      const at = own[version - 1]?.time ?? '';
      const until = own.filter((line) => Date.parse(line.time) <= Date.parse(at));
      const byTime = await streamState({ eventStore, registry }, { streamId, at });
      expect(byTime).toMatchObject({ streamVersion: until.length, state: naiveState(until) });
    }
    await eventStore.close();
  });

  test('comes back the same from an export into an empty store', async () => {
    const { eventStore } = parts();
    const other = await createTestDatabase();
    await importEvents(other.database, exportEvents(eventStore, {}), options);
    const query = `select stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at
                   from events order by global_position`;
    expect(await other.database.query(query)).toEqual(await test1.database.query(query));
    await eventStore.close();
    await other.drop();
  });
});

describe('an import of wrong lines', () => {
  const [made] = histories;
  const good = made?.lines.slice(0, 3) ?? [];
  test.each([
    ['not JSON', '{', 'line 4', 'line'],
    ['no subject', '{"specversion":"1.0","id":"1","source":"s","type":"T"}', 'subject', 'subject'],
    [
      'another version',
      '{"specversion":"0.3","id":"1","source":"s","type":"T","subject":"a-1"}',
      'specversion',
      'specversion',
    ],
    [
      'U+0000',
      '{"specversion":"1.0","id":"1","source":"s","type":"T","subject":"a-1","data":{"a":"\\u0000"}}',
      'u0000',
      'line.data.a',
    ],
    [
      'a time that is none',
      '{"specversion":"1.0","id":"1","source":"s","type":"T","subject":"a-1","time":"now"}',
      'occurredAt',
      'events[0].occurredAt',
    ],
  ])('%s: names the line and the field, and writes nothing of the batch', async (_, line, words, field) => {
    const { database, drop } = await createTestDatabase();
    async function* source() {
      yield* asText(good);
      yield line;
    }
    await expect(importEvents(database, source(), options)).rejects.toMatchObject({
      message: expect.stringContaining(words),
      details: { line: 4, field },
    });
    expect(await database.query('select 1 from events')).toEqual([]);
    await drop();
  });

  test('an id that stands with other content is refused by its line', async () => {
    const { database, drop } = await createTestDatabase();
    await importEvents(database, asText(good), options);
    const changed = good.map((line, index) => (index === 1 ? { ...line, data: { other: true } } : line));
    await expect(importEvents(database, asText(changed), options)).rejects.toMatchObject({
      code: 'event-id-reused',
      details: { line: 2 },
    });
    expect(await database.query('select 1 from events')).toHaveLength(3);
    await drop();
  });

  test('a line that stands twice is added once', async () => {
    const { database, drop } = await createTestDatabase();
    const done = await importEvents(database, asText([...good, ...good]), options);
    expect(done).toMatchObject({ added: 3, known: 3 });
    await drop();
  });
});
