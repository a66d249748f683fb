import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rule } from '#server/compare/experiment.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { inspect, onSnapshot } from '#server/projections/engine/inspected.ts';
import { makeVersion } from '#server/projections/engine/rebuild.ts';
import { registerProjections } from '#server/projections/engine/register.ts';
import { searchPathOf } from '#server/projections/engine/version-schema.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { FAULTS } from '#testing/sales-faults.ts';
import { keyOf, salesProjection } from '#testing/sales-projection.ts';
import { compareData } from './compare-data.ts';

const v1 = salesProjection({ version: 1 });
const codes = new Map<number, Projection>([[1, v1]]);
let made: TestDatabase;
let events: RecordedEvent[];
let position: Position;

beforeAll(async () => {
  made = await createTestDatabase();
  const store = createPostgresEventStore(made.database);
  await registerProjections(made.database, [v1]);
  for (let order = 1; order <= 40; order += 1) await history(order, store);
  events = (await store.readAll({ limit: 2000 })).events;
  position = (await store.highWaterMark()).position;
  await fill(1, v1);
  await store.close();
});
afterAll(() => made.drop());

type Store = ReturnType<typeof createPostgresEventStore>;

/** An order as the simulated shop has them: some cancelled, some delivered, some returned in two parts. */
async function history(order: number, store: Store): Promise<void> {
  const id = String(order).padStart(2, '0');
  const append = (stream: string, eventType: string, data: JsonObject, minute: number) =>
    store.append({
      streamId: parseStreamId(stream),
      expectedVersion: 'any',
      events: [
        { eventType, data, occurredAt: new Date(Date.UTC(2026, 9, 1, order % 24, minute, 7, 341)).toISOString() },
      ],
    });
  const lines = Array.from({ length: 1 + (order % 5) }, (_, line) => ({
    sku: `S-${line}`,
    quantity: 2 + ((order * 7 + line) % 9),
  }));
  await append(
    `order-${id}`,
    'OrderPlaced',
    { customerId: `Cus-Nord-${order * 37}`, lines, total: { amount: 1234 + order * 731, currency: 'EUR' } },
    1,
  );
  await append(`payment-${id}`, 'PaymentAuthorized', { orderId: `order-${id}` }, 2);
  if (order % 6 === 0) return void (await append(`order-${id}`, 'OrderCancelled', { reason: 'late' }, 3));
  await append(`order-${id}`, 'OrderConfirmed', {}, 4);
  if (order % 4 === 3) return void (await append(`payment-${id}`, 'PaymentCaptured', { orderId: `order-${id}` }, 5));
  await append(`order-${id}`, 'OrderShipped', {}, 6);
  if (order % 5 === 0) return void (await append(`order-${id}`, 'OrderNoted', { note: 'ring twice' }, 3));
  if (order % 4 === 2) return;
  await append(`order-${id}`, 'OrderDelivered', {}, 8);
  if (order % 3 === 0) return;
  await append(`order-${id}`, 'OrderReturned', { units: 1 + (order % 3) }, 9);
  if (order % 2 === 0) await append(`order-${id}`, 'OrderReturned', { units: 2 }, 10);
}

/** Makes a version's rows by its code, without an engine. */
async function fill(
  version: number,
  projection: Projection,
  loses: (event: RecordedEvent) => boolean = () => false,
  afterwards?: string,
) {
  codes.set(projection.version, projection);
  await made.database.transaction(async (query) => {
    if (version > 1) {
      await makeVersion(query, 'tidemark', projection, { version, state: 'building', by: 'ada', why: 'compared' });
    }
    await query(`select set_config('search_path', $1, true)`, [searchPathOf('tidemark', 'sales', version)]);
    const kept = events.filter((event) => !loses(event));
    for (let at = 0; at < kept.length; at += 500)
      await projection.apply(kept.slice(at, at + 500), query, { version, effects: false });
    if (afterwards !== undefined) await query(afterwards);
    await query('update projection_versions set checkpoint = $2, accounted_to = $2 where name = $3 and version = $1', [
      version,
      position,
      'sales',
    ]);
  });
}

function compare(version: number, rules: readonly Rule[] = []) {
  const list = [...codes.values()];
  return onSnapshot(made.database, 60_000, async (query) => {
    const a = await inspect(query, list, { name: 'sales', version: 1 });
    const b = await inspect(query, list, { name: 'sales', version });
    return compareData(query, {
      store: 'tidemark',
      a,
      b,
      rules,
      position,
      inFlight: new Set(),
      tell: async () => {},
      upcast: (event) => event,
    });
  });
}

describe('two versions of a projection', () => {
  test('an equal version shows no difference', async () => {
    await fill(2, salesProjection({ version: 2 }));
    const { report, rows } = await compare(2);
    expect(report).toMatchObject({ rowsA: 40, rowsB: 40, equal: 40, unexplained: 0, causes: [] });
    expect(rows).toEqual([]);
  });

  test.each(FAULTS.map((fault, index) => [fault.name, fault, index + 3] as const))(
    'finds its cause and the event at which they part: %s',
    async (_, fault, version) => {
      await fill(version, fault.projection(version), fault.loses, fault.afterwards);
      const { report } = await compare(version);
      expect(report.causes.map((group) => group.cause)).toEqual(report.causes.map(() => fault.cause));
      expect(report.unexplained).toBeGreaterThan(0);
      for (const { parting } of report.causes) {
        const own = events.filter((event) => keyOf(event) === parting?.key);
        expect(parting?.globalPosition).toBe(fault.parts(own)?.globalPosition);
      }
    },
  );

  test('rules as data explain a tolerance and an accepted cause, and say how much', async () => {
    const rounding = FAULTS.findIndex((fault) => fault.name.startsWith('totals are rounded')) + 3;
    const { report: strict } = await compare(rounding);
    const tolerance: Rule = { kind: 'tolerance', column: 'total_amount', absolute: 50 };
    const { report } = await compare(rounding, [tolerance]);
    expect(report).toMatchObject({ unexplained: 0, rules: [{ rows: strict.unexplained, fields: strict.unexplained }] });
    const accepted: Rule = { kind: 'accepted', cause: 'rounding', column: 'total_amount' };
    const { report: again } = await compare(rounding, [accepted]);
    expect(again).toMatchObject({ unexplained: 0, changed: strict.changed, rules: [{ rows: strict.changed }] });
  });
});
