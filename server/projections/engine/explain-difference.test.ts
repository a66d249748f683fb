import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { explainDifference, type Step } from './explain-difference.ts';

const rows: JsonObject[] = [
  { id: 'a', status: 'placed', total: 5, version: 1 },
  { id: 'a', status: 'confirmed', total: 5, version: 2 },
  { id: 'a', status: 'shipped', total: 5, version: 3 },
];
const steps: Step[] = rows.map((row, index) => ({
  before: rows[index - 1] ?? null,
  row,
  event: {
    globalPosition: String(10 * (index + 1)) as Position,
    streamVersion: index + 1,
    eventType: ['Placed', 'Confirmed', 'Shipped'][index] ?? '',
    occurredAt: '2026-11-26T08:00:00.000Z',
    aside: false,
  },
}));
const nothing = { movedOver: [], codeChangedAt: null };
const explain = (
  stored: JsonObject | null,
  suspicions: Parameters<typeof explainDifference>[0]['suspicions'] = nothing,
) => {
  const replayed: JsonObject = rows[2] ?? {};
  const differences = Object.keys(replayed)
    .map((field) => ({ field, stored: stored?.[field] ?? null, replayed: replayed[field] ?? null }))
    .filter((one) => one.stored !== one.replayed);
  return explainDifference({ stored, steps, differences, suspicions });
};

describe('why a row is not what its events make', () => {
  test('a row as it was before an event lost that event', () => {
    expect(explain(rows[1] ?? null)).toMatchObject({ cause: 'event_lost', eventType: 'Shipped' });
    expect(explain(rows[0] ?? null)).toMatchObject({ cause: 'event_lost', eventType: 'Confirmed' });
  });

  test('a value that no event made was written by hand, from the event on that should have made it', () => {
    expect(explain({ ...rows[2], total: 7 })).toMatchObject({ cause: 'edited_by_hand', eventType: 'Placed' });
    expect(explain({ ...rows[2], status: 'lost' })).toMatchObject({ cause: 'edited_by_hand', eventType: 'Shipped' });
  });

  test('a missing row was deleted, unless the checkpoint was moved over its events', () => {
    expect(explain(null)).toMatchObject({ cause: 'deleted_by_hand', eventType: 'Placed' });
    const move = { from: '5' as Position, to: '40' as Position, role: 'postgres', application: 'psql', at: 'then' };
    expect(explain(null, { ...nothing, movedOver: [move] })).toMatchObject({ cause: 'event_lost' });
  });

  test('other code may have made it where the text changed after the event', () => {
    const changed = { ...nothing, codeChangedAt: '15' as Position };
    expect(explain({ ...rows[2], total: 7 }, changed)).toMatchObject({ cause: 'code_changed', eventType: 'Placed' });
    expect(explain({ ...rows[2], status: 'lost' }, changed)).toMatchObject({ cause: 'edited_by_hand' });
  });

  test('a version that is missing in the stream is named before anything else', () => {
    const [first, , third] = steps;
    const gap = first && third ? [first, third] : [];
    const differences = [{ field: 'status', stored: 'confirmed', replayed: 'shipped' }];
    const found = explainDifference({ stored: rows[1] ?? null, steps: gap, differences, suspicions: nothing });
    expect(found).toMatchObject({ cause: 'event_lost', eventType: 'Shipped' });
  });
});
