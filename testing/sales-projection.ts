import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { defineProjection, type Projection } from '#server/projections/define-projection.ts';

export type SalesRow = JsonObject | null;
export type Fold = (row: SalesRow, event: RecordedEvent) => SalesRow;

const TABLE = `create table sales (
  order_id text collate "C" primary key, customer_id text, status text, total_amount numeric, lines int, units int,
  returned_units int, placed_at timestamptz, placed_on date, updated_at timestamptz, note text, payment text)`;

/** A column that holds a text. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function keyOf({ category, streamId, data }: RecordedEvent): string {
  return category === 'payment' ? text(data.orderId) : streamId;
}

/** A row an order, made by its stream and by the payments that name it. */
export const foldSales: Fold = (row, event) => {
  const { eventType, data, occurredAt } = event;
  const order_id = keyOf(event);
  const blank = {
    order_id,
    customer_id: null,
    status: null,
    total_amount: null,
    lines: null,
    units: null,
    returned_units: 0,
  };
  const before: JsonObject = row ?? { ...blank, placed_at: null, placed_on: null, note: null, payment: null };
  const after: JsonObject = { ...before, updated_at: occurredAt };
  switch (eventType) {
    case 'OrderPlaced': {
      const lines = data.lines as { quantity: number }[];
      return {
        ...after,
        status: 'placed',
        customer_id: data.customerId ?? null,
        total_amount: (data.total as { amount: number }).amount,
        lines: lines.length,
        units: lines.reduce((sum, line) => sum + line.quantity, 0),
        placed_at: occurredAt,
        placed_on: occurredAt.slice(0, 10),
      };
    }
    case 'OrderConfirmed':
      return { ...after, status: 'confirmed' };
    case 'OrderCancelled':
      return { ...after, status: 'cancelled' };
    case 'OrderShipped':
      return { ...after, status: 'shipped' };
    case 'OrderDelivered':
      return { ...after, status: 'delivered' };
    case 'OrderReturned':
      return { ...after, status: 'returned', returned_units: Number(before.returned_units) + Number(data.units) };
    case 'OrderNoted':
      return { ...after, note: data.note ?? null };
    case 'PaymentAuthorized':
      return { ...after, payment: 'authorized' };
    case 'PaymentCaptured':
      return { ...after, payment: 'captured' };
    default:
      return before;
  }
};

type Options = { version: number; fold?: Fold; tables?: string[]; apply?: Projection['apply']; reversed?: boolean };

/** The projection of a fold; `version` is of its code. */
export function salesProjection({ version, fold = foldSales, tables = [], apply, reversed }: Options): Projection {
  return defineProjection({
    name: 'sales',
    version,
    sink: 'sql',
    title: 'Sales',
    categories: ['order', 'payment'],
    acknowledges: false,
    tables: [TABLE, ...tables],
    rows: { table: 'sales', key: 'order_id', linkedBy: ['orderId'] },
    apply:
      apply ??
      (async (events, write) => {
        const keys = [...new Set(events.map(keyOf))];
        const known = await write<{ row: JsonObject }>(
          'select to_jsonb(s) as row from sales s where order_id = any ($1)',
          [keys],
        );
        const rows = new Map<string, SalesRow>(known.map(({ row }) => [text(row.order_id), row]));
        for (const event of reversed ? [...events].reverse() : events)
          rows.set(keyOf(event), fold(rows.get(keyOf(event)) ?? null, event));
        await storeSales(write, rows);
      }),
  });
}

/** Writes folded rows; null removes one. */
export async function storeSales(
  write: Parameters<Projection['apply']>[1],
  rows: ReadonlyMap<string, SalesRow>,
): Promise<void> {
  const gone = [...rows].flatMap(([key, row]) => (row === null ? [key] : []));
  const kept = [...rows.values()].filter((row) => row !== null);
  await write('delete from sales where order_id = any ($1)', [[...gone, ...kept.map((row) => text(row.order_id))]]);
  await write('insert into sales select * from jsonb_populate_recordset(null::sales, $1::text::jsonb)', [
    JSON.stringify(kept),
  ]);
}
