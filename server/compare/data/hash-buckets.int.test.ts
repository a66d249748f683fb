import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { comparedTables } from './columns.ts';
import { hashBuckets } from './hash-buckets.ts';
import { readDifferences } from './read-differences.ts';

let made: TestDatabase;
const ROWS = 3000;

beforeAll(async () => {
  made = await createTestDatabase();
  for (const side of ['a', 'b']) {
    await made.database.query(`create schema side_${side}`);
    await made.database.query(
      `create table side_${side}.things (kind text collate "C", number int, amount bigint, primary key (kind, number))`,
    );
    await made.database.query(`create table side_${side}.names (name text collate "C" primary key, amount bigint)`);
    await made.database.query(
      `insert into side_${side}.things select case when n < 1000 then 'x' else 'y' end, n, n from generate_series(1, ${ROWS}) n`,
    );
    await made.database.query(
      `insert into side_${side}.names select 'name-' || lpad(n::text, 5, '0'), n from generate_series(1, ${ROWS}) n`,
    );
  }
});
afterAll(() => made.drop());

/** What hashing and reading find in one table: keys by what they are, and how many rows were read for it. */
async function differences(table: string) {
  return made.database.transaction(async (query) => {
    const { tables } = await comparedTables(query, { a: 'side_a', b: 'side_b' }, []);
    const compared = tables.find((one) => one.table === table);
    if (compared === undefined) throw new Error(`${table} is compared`);
    const hashed = await hashBuckets(query, compared, { onStep: async () => {} });
    const found = [];
    for (const bucket of hashed.different) found.push(...(await readDifferences(query, compared, bucket, [])));
    const rowsRead = hashed.different.reduce((sum, one) => sum + one.rows, 0);
    return { ...hashed, rowsRead, found: found.map((one) => `${one.kind} ${one.key}`).sort() };
  });
}

describe('ranges of keys', () => {
  test('equal tables have no different range, whatever their key', async () => {
    for (const table of ['names', 'things']) {
      expect(await differences(table)).toMatchObject({
        rowsA: ROWS,
        rowsB: ROWS,
        different: [],
        buckets: 12,
        found: [],
      });
    }
  });

  test('rows before the first key, past the last, at a limit and between are found, and little else is read', async () => {
    const { query } = made.database;
    await query(`insert into side_b.names values ('name-00000', 0), ('name-99999', 1)`);
    await query(`delete from side_b.names where name in ('name-00001', 'name-00256', 'name-03000')`);
    await query(`update side_b.names set amount = -amount where name = 'name-01500'`);
    const { found, rowsA, rowsB, rowsRead } = await differences('names');
    expect([rowsA, rowsB]).toEqual([ROWS, ROWS - 1]);
    expect(found).toEqual([
      'changed name-01500',
      'only_a name-00001',
      'only_a name-00256',
      'only_a name-03000',
      'only_b name-00000',
      'only_b name-99999',
    ]);
    expect(rowsRead).toBeLessThan(2 * ROWS * 0.4);
  });

  test('a key of several columns is as good', async () => {
    const { query } = made.database;
    await query(`insert into side_b.things values ('a', 1, 1), ('z', 1, 1)`);
    await query(`update side_b.things set amount = null where number = 1000`);
    await query(`delete from side_b.things where number = 999`);
    const { found } = await differences('things');
    expect(found).toEqual(['changed y 1000', 'only_a x 999', 'only_b a 1', 'only_b z 1']);
  });

  test('a table that one side has empty differs in every row', async () => {
    await made.database.query('truncate side_a.names');
    expect((await differences('names')).found).toHaveLength(ROWS - 1);
  });
});
