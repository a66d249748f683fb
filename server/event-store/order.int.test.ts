import { expect, test } from 'vitest';
import { runOrder } from '#testing/order-run.ts';
import { createTestDatabase } from '#testing/postgres.ts';

test('16 writers in 2 processes, rollbacks and slow transactions: each subscriber has each event once, in order', async () => {
  const { url, drop } = await createTestDatabase();
  const run = await runOrder({ url, schema: 'tidemark', processes: 2, writers: 8, appends: 6000 });
  expect(run).toMatchObject({ skipped: 0, repeated: 0, inverted: 0, delivered: run.appended });
  expect(run.appended).toBeGreaterThanOrEqual(6000);
  // Positions of what was rolled back: without them the run would not have tested anything.
  expect(run.deadPositions).toBeGreaterThan(500);
  await drop();
}, 120_000);
