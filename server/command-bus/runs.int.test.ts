import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import type { CommandRun, RunsQuery } from './command-bus.ts';

const lines = [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }];

describe('the list of commands', () => {
  let tidemark: TestTidemark;
  let all: CommandRun[];
  beforeAll(async () => {
    tidemark = await startTidemark();
    for (const actor of ['ada', 'grace', 'ada']) {
      const streamId = `order-${randomUUID()}`;
      const send = (commandType: string, data = {}) =>
        tidemark.services.commandBus.handle({ commandType, streamId, data, actor, waitForMs: 0 });
      // The second confirmation has nothing to do, and what is not placed can't be shipped.
      await send('ShipOrder', { carrier: 'DHL', trackingNumber: '1' });
      await send('PlaceOrder', { customerId: 'ada', lines });
      await send('ConfirmOrder');
      await send('ConfirmOrder');
    }
    all = (await tidemark.services.commandBus.runs({})).runs;
  });
  afterAll(() => tidemark.stop());

  const idsOf = (runs: readonly CommandRun[]) => runs.map(({ commandId }) => commandId);

  /** Ids by pages of two: a run's duration is told anew when its last steps are. */
  async function listed(query: RunsQuery): Promise<string[]> {
    const found: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await tidemark.services.commandBus.runs({ ...query, limit: 2, ...(after && { after }) });
      found.push(...idsOf(page.runs));
      if (page.nextAfter === null) return found;
      after = page.nextAfter;
    }
  }

  test('has every command, the newest first, whatever the length of its pages', async () => {
    expect(all).toHaveLength(12);
    expect(all.map((run) => run.receivedAt)).toEqual(
      all
        .map((run) => run.receivedAt)
        .sort()
        .reverse(),
    );
    expect(await listed({})).toEqual(idsOf(all));
    expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(['accepted', 'rejected', 'nothing_to_do']));
  });

  const actors = [undefined, 'ada', 'nobody'];
  const types = [undefined, 'ConfirmOrder', 'CancelOrder'];
  const outcomes = [undefined, 'accepted', 'rejected', 'nothing_to_do'] as const;
  for (const actor of actors) {
    for (const commandType of types) {
      for (const outcome of outcomes) {
        const query = { ...(actor && { actor }), ...(commandType && { commandType }), ...(outcome && { outcome }) };
        test(`with the filter ${JSON.stringify(query)} has what fits it, and nothing else`, async () => {
          const fits = (run: CommandRun) =>
            Object.entries(query).every(([name, value]) => run[name as keyof CommandRun] === value);
          expect(await listed(query)).toEqual(idsOf(all.filter(fits)));
        });
      }
    }
  }
});
