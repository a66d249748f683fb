import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderDecider } from '#server/domain/order/decider.ts';
import type { Decider } from '#server/kernel/decider.ts';
import { decideNaively, naiveAnswerOf } from '#testing/decide-naively.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { recordCommands } from '#testing/recorded-commands.ts';
import { variedOrder } from '#testing/varied-order.ts';
import { replayCommands } from './replay-commands.ts';

const a = orderDecider as unknown as Decider;
const upcast = <Event>(event: Event): Event => event;
let made: TestDatabase;

beforeAll(async () => {
  made = await createTestDatabase();
  await recordCommands(made.database, 4000);
});
afterAll(() => made.drop());

test('two deciders differ in every way, and the same as in a plain loop over all commands', async () => {
  const { query } = made.database;
  const report = await replayCommands(
    { query, upcast },
    {
      category: 'order',
      range: {},
      deciders: { a, b: variedOrder },
      measure: { count: 'OrderCancelled', better: 'lower' },
      seed: 1,
      tell: async () => {},
    },
  );
  expect(naiveAnswerOf(report)).toEqual(await decideNaively(query, { category: 'order', a, b: variedOrder, upcast }));
  expect(report).toMatchObject({
    commands: 4000,
    acceptedOnlyA: 100,
    acceptedOnlyB: 0,
    differentEvents: 100,
    differentRefusal: 100,
    measure: { a: 1000, b: 900 },
  });
  expect(report.differentState).toBeGreaterThan(100);
});
