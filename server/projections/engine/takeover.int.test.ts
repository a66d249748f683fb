import { expect, test } from 'vitest';
import { createTestDatabase } from '#testing/postgres.ts';
import { runTakeover } from '#testing/takeover-run.ts';

test('workers killed and frozen under load: nothing twice, nothing missing, no checkpoint back, what wakes late is refused', async () => {
  const made = await createTestDatabase();
  const run = await runTakeover({ url: made.url, schema: 'tidemark', rounds: 2, leaseMs: 1000, writers: 4 });
  await made.drop();
  expect(run).toMatchObject({
    kills: 2,
    freezes: 2,
    missing: 0,
    appliedTwice: 0,
    outOfOrder: 0,
    checkpointsBack: 0,
    differentRows: 0,
    unaccounted: 0,
  });
  expect(run.appended).toBeGreaterThan(100);
});
