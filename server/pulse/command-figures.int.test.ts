import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '#testing/http.ts';
import { readCommandFigures } from './command-figures.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const place = (streamId: string, waitForMs: number) =>
  server.rest('/commands/PlaceOrder', {
    json: {
      streamId,
      waitForMs,
      data: {
        customerId: 'ada',
        lines: [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 1900, currency: 'EUR' } }],
      },
    },
  });

test('what a paused projection holds up counts in the time of acknowledgement, with the time it has taken so far', async () => {
  for (let n = 0; n < 5; n += 1) await place(`order-told-${n}`, 5000);
  // What is kept of a receipt after the answer comes a moment later.
  await expect.poll(async () => (await readCommandFigures(server.database)).acknowledgedP50Ms).not.toBeNull();
  const before = await readCommandFigures(server.database);
  expect(before).toMatchObject({ acceptedLastMinute: 5, pending: 0, oldestPendingSeconds: null });

  await server.rest('/projections/orders/pause', { json: { reason: 'nothing shall be acknowledged' } });
  for (let n = 0; n < 3; n += 1) await place(`order-late-${n}`, 300);
  await expect
    .poll(() => readCommandFigures(server.database))
    .toMatchObject({ acceptedLastMinute: 8, pending: 3, callers: 1, acknowledgedAtLeast: true });
  const held = await readCommandFigures(server.database);
  expect(held.oldestPendingSeconds).toBeGreaterThan(0.6);
  expect(held.acknowledgedP95Ms).toBeGreaterThan(300);

  await server.rest('/projections/orders/resume', { json: { reason: 'done' } });
  // They came through, nobody knows when; each took longer than its caller waited.
  await expect
    .poll(() => readCommandFigures(server.database))
    .toMatchObject({ pending: 0, oldestPendingSeconds: null, acknowledgedAtLeast: true });
  expect((await readCommandFigures(server.database)).acknowledgedP95Ms).toBeGreaterThanOrEqual(299);
});
