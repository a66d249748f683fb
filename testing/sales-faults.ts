import type { Cause } from '#server/compare/experiment.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { type Fold, foldSales, keyOf, type SalesRow, salesProjection, storeSales, text } from './sales-projection.ts';

/** A fault planted in version b, with the cause and the event that the comparison must name. */
export type Fault = {
  name: string;
  cause: Cause;
  /** Of the events of a key that differs: the one after which the two part. */
  parts(events: readonly RecordedEvent[]): RecordedEvent | undefined;
  projection(version: number): Projection;
  /** Done to the stored rows of version b after they are made. */
  afterwards?: string;
  /** An event that version b never gets. */
  loses?(event: RecordedEvent): boolean;
};

const first = (eventType: string) => (events: readonly RecordedEvent[]) =>
  events.find((one) => one.eventType === eventType);
const late = (events: readonly RecordedEvent[]) =>
  events.find((one, index) => events.slice(0, index).some((earlier) => earlier.occurredAt > one.occurredAt));

function changed(
  name: string,
  cause: Cause,
  eventType: string,
  change: (row: JsonObject, event: RecordedEvent) => JsonObject,
): Fault {
  const fold: Fold = (row, event) => {
    const after = foldSales(row, event);
    return after !== null && event.eventType === eventType ? { ...after, ...change(after, event) } : after;
  };
  return { name, cause, parts: first(eventType), projection: (version) => salesProjection({ version, fold }) };
}

function dropped(eventType: string): Fault {
  const fold: Fold = (row, event) => (event.eventType === eventType ? row : foldSales(row, event));
  const projection = (version: number) => salesProjection({ version, fold });
  return { name: `${eventType} is not handled`, cause: 'missing_event_type', parts: first(eventType), projection };
}

const shifted = (time: unknown, hours: number) => new Date(Date.parse(text(time)) + hours * 3_600_000).toISOString();
const plain = (version: number) => salesProjection({ version });

/** Payments are kept in a table of their own, and a row looks there only when its order has an event. */
const staleJoin: Projection['apply'] = async (events, write) => {
  const keys = [...new Set(events.map(keyOf))];
  const known = await write<{ row: JsonObject }>('select to_jsonb(s) as row from sales s where order_id = any ($1)', [
    keys,
  ]);
  const rows = new Map<string, SalesRow>(known.map(({ row }) => [text(row.order_id), row]));
  const paid = await write<{ order_id: string; payment: string; at: string }>(
    'select * from paid where order_id = any ($1)',
    [keys],
  );
  const payments = new Map(paid.map((one) => [one.order_id, one]));
  for (const event of events) {
    const key = keyOf(event);
    if (event.category === 'payment') {
      const payment = event.eventType === 'PaymentCaptured' ? 'captured' : 'authorized';
      payments.set(key, { order_id: key, payment, at: event.occurredAt });
      await write('delete from paid where order_id = $1', [key]);
      await write('insert into paid values ($1, $2, $3)', [key, payment, event.occurredAt]);
    } else {
      const row = foldSales(rows.get(key) ?? null, event);
      rows.set(key, row === null ? null : { ...row, payment: payments.get(key)?.payment ?? null });
    }
  }
  await storeSales(write, rows);
};

/** Every fault that a comparison must find, one a version. */
export const FAULTS: readonly Fault[] = [
  dropped('OrderDelivered'),
  dropped('OrderReturned'),
  dropped('PaymentCaptured'),
  changed('totals are rounded to whole units', 'rounding', 'OrderPlaced', (row) => ({
    total_amount: Math.round(Number(row.total_amount) / 100) * 100,
  })),
  changed('totals lose their last digit', 'rounding', 'OrderPlaced', (row) => ({
    total_amount: Math.floor(Number(row.total_amount) / 10) * 10,
  })),
  changed('lines are counted one too many', 'off_by_one', 'OrderPlaced', (row) => ({ lines: Number(row.lines) + 1 })),
  changed('the last unit is left out', 'off_by_one', 'OrderPlaced', (row) => ({ units: Number(row.units) - 1 })),
  {
    name: 'a page is applied from its end',
    cause: 'order',
    parts: (events) => events[1],
    projection: (version) => salesProjection({ version, reversed: true }),
  },
  {
    name: 'an event that occurred earlier is left out',
    cause: 'order',
    parts: late,
    projection: (version) =>
      salesProjection({
        version,
        fold: (row, event) =>
          row !== null && Date.parse(event.occurredAt) < Date.parse(text(row.updated_at)) ? row : foldSales(row, event),
      }),
  },
  changed('times are two hours off', 'time_zone', 'OrderPlaced', (row) => ({ placed_at: shifted(row.placed_at, 2) })),
  changed('dates are cut in another zone', 'time_zone', 'OrderPlaced', (row) => ({
    placed_on: shifted(row.placed_at, 10).slice(0, 10),
  })),
  changed('returned units count twice', 'duplicates', 'OrderReturned', (row, event) => ({
    returned_units: Number(row.returned_units) + Number(event.data.units),
  })),
  changed('totals are added twice', 'duplicates', 'OrderPlaced', (row) => ({
    total_amount: 2 * Number(row.total_amount),
  })),
  {
    name: 'a payment is joined only when the order has an event',
    cause: 'stale_join',
    parts: (events) => events.findLast((one) => one.category === 'order') && lastRun(events),
    projection: (version) =>
      salesProjection({
        version,
        apply: staleJoin,
        tables: ['create table paid (order_id text, payment text, at timestamptz)'],
      }),
  },
  {
    name: 'a row was edited by hand',
    cause: 'hand_made_patch',
    parts: first('OrderPlaced'),
    projection: plain,
    afterwards: `update sales set customer_id = 'somebody-else' where order_id = (select min(order_id) from sales)`,
  },
  changed('a field has another name', 'missing_field', 'OrderPlaced', (_, event) => ({
    customer_id: event.data.customer ?? null,
  })),
  changed('cents are taken for units', 'scale', 'OrderPlaced', (row) => ({
    total_amount: Number(row.total_amount) / 100,
  })),
  changed('names are cut', 'truncation', 'OrderPlaced', (row) => ({
    customer_id: text(row.customer_id).slice(0, 6),
  })),
  changed('names are in small letters', 'text_form', 'OrderPlaced', (row) => ({
    customer_id: text(row.customer_id).toLowerCase(),
  })),
  {
    name: 'cancelled orders are removed',
    cause: 'missing_row',
    parts: first('OrderCancelled'),
    projection: (version) =>
      salesProjection({
        version,
        fold: (row, event) => (event.eventType === 'OrderCancelled' ? null : foldSales(row, event)),
      }),
  },
  changed('no note is an empty note', 'default_value', 'OrderPlaced', () => ({ note: '' })),
  changed('returned units are negative', 'sign', 'OrderReturned', (row, event) => {
    const units = Number(event.data.units);
    return { returned_units: -(Math.abs(Number(row.returned_units) - units) + units) };
  }),
  changed('a status has another word', 'mapping', 'OrderShipped', () => ({ status: 'sent' })),
  {
    name: 'an event was lost',
    cause: 'lost_event',
    parts: first('OrderConfirmed'),
    projection: plain,
    loses: (event) => event.eventType === 'OrderConfirmed' && event.streamId === 'order-03',
  },
];

/** The first payment after the order's own last event: what it says no row ever shows. */
function lastRun(events: readonly RecordedEvent[]): RecordedEvent | undefined {
  const own = events.findLastIndex((one) => one.category === 'order');
  return events.slice(own + 1)[0];
}
