import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { migrate } from './migrate.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(() => own.drop());

test('a second run applies nothing', async () => {
  expect(await migrate(own.database)).toEqual([]);
});

test('a function of an earlier version is replaced, whatever its parameters and its row type were', async () => {
  const { database } = own;
  const functionsNow = () =>
    database.query(
      `select oid::regprocedure::text as signature, prorettype::regtype::text as returns from pg_proc
        where pronamespace = current_schema()::regnamespace order by 1`,
    );
  const wanted = await functionsNow();
  const [append] = await database.query<{ signature: string }>(
    `select oid::regprocedure::text as signature from pg_proc
      where proname = 'append_group' and pronamespace = current_schema()::regnamespace`,
  );
  const parameters = /\((.*)\)$/.exec(append?.signature ?? '')?.[1];
  await database.query(`drop function ${append?.signature}`);
  await database.query(`create function append_group(${parameters}) returns int language sql as 'select 1'`);
  await database.query(`create function append_group(text) returns int language sql as 'select 1'`);
  await database.query(`update migrations set hash = 'earlier' where name = 'functions/append_group.sql'`);

  expect(await migrate(database)).toEqual(['functions/append_group.sql']);
  expect(await functionsNow()).toEqual(wanted);
});
