import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((one) => !one.includes('\0') && one.isWellFormed());
const TYPES: Record<string, fc.Arbitrary<unknown>> = {
  text,
  bigint: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String),
  int: fc.integer(),
  smallint: fc.integer({ min: -32768, max: 32767 }),
  float8: fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)),
  uuid: fc.uuid(),
  timestamptz: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((one) => one.toISOString()),
  boolean: fc.boolean(),
  jsonb: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null)), { noNullPrototype: true }),
};

describe('arrays', () => {
  let testing: TestDatabase;
  beforeAll(async () => {
    testing = await createTestDatabase();
  });
  afterAll(() => testing.drop());

  test.each(Object.entries(TYPES))('of %s come back as they were sent, nulls and all', async (type, value) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(value), { maxLength: 8 }), async (sent) => {
        const [row] = await testing.database.query<{ got: unknown[] }>(`select $1::${type}[] as got`, [sent]);
        expect(row?.got).toEqual(sent);
      }),
      { numRuns: 40 },
    );
  });

  test('of booleans are read', async () => {
    const [row] = await testing.database.query<{ got: unknown }>(`select array[true, false, null] as got`);
    expect(row?.got).toEqual([true, false, null]);
  });

  test('of arrays are read too', async () => {
    const [row] = await testing.database.query<{ got: unknown }>(
      `select array[array[1,2],array[3,null]]::int[] as got`,
    );
    expect(row?.got).toEqual([
      [1, 2],
      [3, null],
    ]);
  });
});
