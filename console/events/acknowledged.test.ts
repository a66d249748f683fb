import { expect, test } from 'vitest';
import { projectionFixture } from '#console/overview/pulse-fixtures.ts';
import type { Position } from '#server/kernel/position.ts';
import type { ParkedEvent } from '#server/projections/operations.ts';
import { acknowledgedBy, countAcknowledged } from './acknowledged.ts';

const at = (position: string) => position as Position;
const event = { globalPosition: at('100'), category: 'order' };

test('a passed event is applied; one ahead of the checkpoint is pending, or failed where it holds the projection', () => {
  const fault = { message: 'no', position: at('100'), since: '2026-01-01T00:00:00.000Z', attempts: 3 };
  const states = acknowledgedBy(
    event,
    [
      projectionFixture('passed', { checkpoint: at('100') }),
      projectionFixture('ahead', { checkpoint: at('99') }),
      projectionFixture('held', { checkpoint: at('99'), fault }),
      projectionFixture('blind', { checkpoint: at('500'), categories: ['stock'] }),
    ],
    [],
  ).map((one) => one.state);
  expect(states).toEqual(['applied', 'pending', 'failed', 'not meant']);
});

test('a parked event is never applied, whatever the checkpoint has passed; another version of the projection does not count', () => {
  const projection = projectionFixture('orders', { checkpoint: at('500'), version: 2 });
  const parked = { projection: 'orders', version: 2, globalPosition: at('100'), state: 'failed' } as ParkedEvent;
  expect(acknowledgedBy(event, [projection], [parked])[0]).toMatchObject({ state: 'parked', parked });
  expect(acknowledgedBy(event, [projection], [{ ...parked, state: 'waiting' }])[0]?.state).toBe('waiting');
  expect(acknowledgedBy(event, [projection], [{ ...parked, state: 'skipped' }])[0]?.state).toBe('skipped');
  expect(acknowledgedBy(event, [projection], [{ ...parked, version: 3 }])[0]?.state).toBe('applied');
});

test('the count is that of the receipt: what no receipt waits for does not stand in it', () => {
  const all = acknowledgedBy(
    event,
    [
      projectionFixture('orders', { checkpoint: at('100') }),
      projectionFixture('search', { checkpoint: at('99') }),
      projectionFixture('density', { checkpoint: at('100'), acknowledges: false }),
      projectionFixture('blind', { checkpoint: at('500'), categories: ['stock'] }),
    ],
    [],
  );
  expect(countAcknowledged(all)).toEqual({ applied: 1, awaited: 2 });
});
