import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createComparisonLog } from './comparison-log.ts';

let made: TestDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());

async function claimed(id: string) {
  const log = createComparisonLog(made.database);
  await log.request(id, 1);
  const comparison = await log.claim(id);
  if (comparison === undefined) throw new Error('it waits to be claimed');
  return { log, comparison };
}

test('a report is read from when it is kept, before the comparison ends, so that no experiment is concluded without one', async () => {
  const { log, comparison } = await claimed('kept');
  expect((await log.read('kept')).report).toBeNull();
  await log.keep(comparison, 'report', { experimentId: 'kept' });
  expect(await log.read('kept')).toMatchObject({ progress: { state: 'running' }, report: { experimentId: 'kept' } });
});

test('the report of a run that was cancelled is not read', async () => {
  const { log, comparison } = await claimed('cancelled');
  await log.keep(comparison, 'report', { experimentId: 'cancelled' });
  await log.cancel('cancelled');
  expect(await log.read('cancelled')).toMatchObject({ progress: { state: 'cancelled' }, report: null });
});
