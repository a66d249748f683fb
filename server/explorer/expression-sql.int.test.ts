import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  letrec,
  oneof,
  record,
  tuple,
} from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { ANY, type Expression, type ExpressionPath, evaluate } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import { expressionSql } from './expression-sql.ts';

const key = constantFrom('a', 'b', 'lines', 'odd "key"', '$', 'length');
const literal = oneof(
  integer({ min: -3, max: 3 }),
  constantFrom('', 'x', 'xy', 'a%_', '"', "'; drop table events; --", true, false, null, 1.5),
);
const path = tuple(
  constantFrom('data', 'metadata'),
  array(oneof(key, constantFrom<(string | number | typeof ANY)[]>(0, 1, ANY)), { minLength: 1, maxLength: 3 }),
).map(([root, steps]): ExpressionPath => [root, ...steps]);
const { expression } = letrec<{ expression: Expression }>((tie) => ({
  expression: oneof(
    { maxDepth: 3, depthSize: 'small' },
    record({ kind: constantFrom('exists' as const, 'holds' as const), path }),
    record({
      kind: constantFrom('compare' as const),
      path,
      comparison: constantFrom('=', '!=', '<', '<=', '>', '>=', 'contains', 'starts'),
      value: oneof(literal, record({ path })),
    }),
    record({
      kind: constantFrom('in' as const),
      path,
      values: array(literal, { minLength: 1, maxLength: 3 }),
    }),
    record({ kind: constantFrom('not' as const), term: tie('expression') }),
    record({
      kind: constantFrom('and' as const, 'or' as const),
      terms: array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
  ) as Arbitrary<Expression>,
}));
const { value } = letrec<{ value: Json }>((tie) => ({
  value: oneof(
    { maxDepth: 3 },
    literal,
    array(tie('value'), { maxLength: 3 }),
    array(tuple(key, tie('value')), { maxLength: 3 }).map(Object.fromEntries),
  ) as never,
}));
const payload = array(tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as JsonObject);

describe('a condition as SQL', () => {
  let database: TestDatabase;
  const ask = async (tree: Expression, data: JsonObject, metadata: JsonObject) => {
    const parameters: unknown[] = [JSON.stringify(data), JSON.stringify(metadata)];
    const sql = expressionSql(tree, (one) => `$${parameters.push(one)}`);
    const statement = `select (${sql}) as holds from (select $1::text::jsonb as data, $2::text::jsonb as metadata) e`;
    return (await database.database.query<{ holds: boolean }>(statement, parameters))[0]?.holds;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('holds for the same events as the condition itself, never unknown', async () => {
    await assert(
      asyncProperty(expression, payload, payload, async (tree, data, metadata) => {
        expect(await ask(tree, data, metadata)).toBe(evaluate(tree, { data, metadata }));
      }),
      { numRuns: 300 },
    );
  });

  test('has nothing of what was written in its text', () => {
    const sql = expressionSql(parseExpression(`data["x' or 1=1 --"] = "'; drop table events"`), () => '$1');
    expect(sql).not.toMatch(/drop|or 1=1/);
  });

  test('of a field that is neither data nor metadata says what would be right', () => {
    expect(() => expressionSql(parseExpression('total > 1'), () => '$1')).toThrowError(/data\. or metadata\./);
  });
});
