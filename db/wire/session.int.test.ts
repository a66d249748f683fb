import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { afterColumn, int8At, jsonbPairAt, timestampAt, uuidAt } from '#db/binary.ts';
import { connectDatabase } from '#db/client.ts';
import type { CopyIn, Query } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';

describe('a session', () => {
  let testing: TestDatabase;
  const query = (statement: string, parameters?: unknown[]) => testing.database.query(statement, parameters);

  beforeAll(async () => {
    // One connection, so that each test goes on with what the one before left of it.
    testing = await createTestDatabase({ connectionsMax: 1 });
  });
  afterAll(() => testing.drop());

  test('gives values of every type that is used as they were sent', async () => {
    const values = {
      i: -7,
      b: true,
      o: { a: [1, null] },
      list: [1, 'two'],
      text: 'ü 日本 \'"\\',
      at: new Date(1234567890123),
    };
    const [row] = await query(
      `select $1::int as i, $2::bool as b, $3::jsonb as o, $4::jsonb as list, $5 as text, $6::timestamptz as at,
              $7::int8 as big, $8::bytea as bytes, $9::text as nothing, $10::jsonb as json_text, $11::float8 as real`,
      [...Object.values(values), '9007199254740993', Buffer.from([0, 255]), null, 'just text', 0.1],
    );
    expect(row).toEqual({
      ...values,
      at: '2009-02-13T23:31:30.123Z',
      big: '9007199254740993',
      bytes: Buffer.from([0, 255]),
      nothing: null,
      json_text: 'just text',
      real: 0.1,
    });
  });

  test('gives rows in binary form to whoever reads them', async () => {
    const read = (answer: Buffer, at: number) => ({
      position: int8At(answer, at),
      id: uuidAt(answer, at + 12),
      time: timestampAt(answer, at + 32),
      data: jsonbPairAt(answer, at + 44, afterColumn(answer, at + 44), next(answer, at))[0],
    });
    const next = (answer: Buffer, at: number) => afterColumn(answer, afterColumn(answer, at + 44));
    const rows = await testing.database.read(
      `select n << 20, '0192f0c1-7a53-7c2e-9d5b-3f1d5a1c9e77'::uuid, '1969-12-31 23:59:59.9989Z'::timestamptz, $1::jsonb, '[7]'::jsonb, 0
       from generate_series(1::int8, $2) as n`,
      [{ name: 'ü' }, 3000],
      read,
    );
    expect(rows).toHaveLength(3000);
    expect(rows.at(-1)).toEqual({
      position: 3000 * 2 ** 20,
      id: '0192f0c1-7a53-7c2e-9d5b-3f1d5a1c9e77',
      time: -2,
      data: { name: 'ü' },
    });
  });

  test('a reader that throws fails its call alone', async () => {
    const broken = () => {
      throw new Error('not what was expected');
    };
    await expect(testing.database.read('select n from generate_series(1, 5000) as n', [], broken)).rejects.toThrow(
      'not what was expected',
    );
    expect(await query('select $1::int as one', [1])).toEqual([{ one: 1 }]);
  });

  test('an error names its code and its constraint, in a transaction too, and the connection goes on', async () => {
    await query('create table once (n int primary key check (n > 0))');
    await expect(query('insert into once values ($1)', [0])).rejects.toMatchObject({
      code: '23514',
      constraint_name: 'once_n_check',
    });
    await expect(query('select * from nowhere where n = $1', [1])).rejects.toMatchObject({ code: '42P01' });
    const failing = testing.database.transaction(async (within) => {
      await within('insert into once values ($1)', [1]);
      await within('insert into once values ($1)', [1]);
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await query('select count(*)::int as rows from once')).toEqual([{ rows: 0 }]);
  });

  test('statements sent together are answered in their order', async () => {
    const answers = await testing.database.transaction((within) =>
      Promise.all([1, 2, 3, 2, 1].map((n) => within('select $1::int as n', [n]))),
    );
    expect(answers.flat()).toEqual([1, 2, 3, 2, 1].map((n) => ({ n })));
  });

  test('readings in order see what the one before them saw, and are asked anew where a table has changed', async () => {
    await query('create table read_in_order (n int)');
    const statement = 'select * from read_in_order where n > $1';
    const readings = [
      { statement: 'select $1::int as first', parameters: [1] },
      { statement, parameters: [0] },
    ] as const;
    const both = () => testing.database.readInOrder<[{ first: number }, { n: number }]>([...readings]);
    expect(await both()).toEqual([[{ first: 1 }], []]);
    await query('insert into read_in_order values (7)');
    expect(await both()).toEqual([[{ first: 1 }], [{ n: 7 }]]);
    await query('alter table read_in_order add column word text');
    expect(await both()).toEqual([[{ first: 1 }], [{ n: 7, word: null }]]);
    const failing = [{ statement: 'select 1 / $1::int as n', parameters: [0] }, readings[0]] as const;
    await expect(testing.database.readInOrder<[object, object]>([...failing])).rejects.toMatchObject({ code: '22012' });
    expect(await both()).toEqual([[{ first: 1 }], [{ n: 7, word: null }]]);
  });

  test('a transaction begins with its first statement, whatever that is, and one without any sends nothing', async () => {
    const { database } = testing;
    await query('create table begun (n int)');
    const outside = () => query('select n from begun order by n');
    const firsts: ((within: Query, copyIn: CopyIn) => Promise<unknown>)[] = [
      (within) => within('insert into begun values ($1)', [1]),
      (within) => within('insert into begun values ($1)', [2]),
      (within) => within('insert into begun values (3); insert into begun values (4)'),
      (_, copyIn) => copyIn('copy begun from stdin', ['5']),
      (within) => Promise.all([within('insert into begun values ($1)', [6]), within('insert into begun values (7)')]),
    ];
    for (const first of firsts) {
      const undone = database.transaction(async (within, copyIn) => {
        await first(within, copyIn);
        throw new Error('undo it');
      });
      await expect(undone).rejects.toThrow('undo it');
      expect(await outside()).toEqual([]);
    }
    for (const first of firsts) await database.transaction((within, copyIn) => first(within, copyIn));
    expect(await outside()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => ({ n })));
    expect(await database.transaction(async () => 'nothing asked')).toBe('nothing asked');
    expect(await query('select pg_current_xact_id_if_assigned() as open, $1::int as n', [1])).toEqual([
      { open: null, n: 1 },
    ]);
  });

  test('each statement sees what is committed when it begins, whatever the default of the database', async () => {
    const other = await createTestDatabase();
    const name = new URL(other.url).pathname.slice(1);
    await other.database.query(`alter database "${name}" set default_transaction_isolation = 'serializable'`);
    const database = connectDatabase({ url: other.url, schema: 'tidemark', applicationName: 'session-test' });
    const isolation = `select current_setting('transaction_isolation') as level`;
    expect(await database.query(isolation)).toEqual([{ level: 'read committed' }]);
    expect(await database.transaction((within) => within(isolation))).toEqual([{ level: 'read committed' }]);
    await database.close();
    await other.drop();
  });

  test('where the first statement of a transaction fails, what is asked beside it is not done', async () => {
    await query('create table beside (n int)');
    const beside = testing.database.transaction((within) =>
      Promise.all([within('select 1 / $1::int', [0]), within('insert into beside values ($1)', [1])]),
    );
    await expect(beside).rejects.toMatchObject({ code: '22012' });
    expect(await query('select n from beside')).toEqual([]);
  });

  test('a statement is prepared again where its table has changed since', async () => {
    await query('create table growing (a int)');
    await query('insert into growing values (1)');
    expect(await query('select * from growing where a = $1', [1])).toEqual([{ a: 1 }]);
    await query('alter table growing add column b text default $$new$$');
    expect(await query('select * from growing where a = $1', [1])).toEqual([{ a: 1, b: 'new' }]);
    await query('alter table growing alter column a type jsonb using to_jsonb(a)');
    expect(await query('select a from growing where a = $1', [1])).toEqual([{ a: 1 }]);
  });

  test('values of many megabytes go and come', async () => {
    const long = 'é'.repeat(4_000_000);
    const [row] = await query('select $1::text as long, length($1) as letters', [long]);
    expect(row).toEqual({ long, letters: long.length });
  });

  test('COPY writes all rows or none, and says which one was wrong', async () => {
    await query('create table copied (n int, word text)');
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n}\tword ${n}`);
    const copy = (some: string[]) =>
      testing.database.transaction((_, copyIn) => copyIn('copy copied from stdin', some), { deadlineMs: 30_000 });
    await copy(rows);
    const wrong = copy(rows.with(150, 'none\tword'));
    await expect(wrong).rejects.toMatchObject({ code: 'bad-request' });
    expect(await query('select count(*)::int as rows from copied')).toEqual([{ rows: rows.length }]);
  });

  test('a parameter that is missing is told before anything is sent', async () => {
    await expect(query('select $1::text', [undefined])).rejects.toThrow('undefined');
    expect(await query('select 1 as one; select 2 as two')).toEqual([{ one: 1 }, { two: 2 }]);
  });
});
