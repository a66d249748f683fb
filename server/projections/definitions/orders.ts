import type { OrderEvent } from '#server/domain/order/events.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { defineProjection, forEachEvent } from '#server/projections/define-projection.ts';

const STATUS: Record<OrderEvent['eventType'], string> = {
  OrderPlaced: 'placed',
  OrderConfirmed: 'confirmed',
  OrderCancelled: 'cancelled',
  OrderShipped: 'shipped',
  OrderDelivered: 'delivered',
  OrderReturned: 'returned',
};

type Row = {
  orderId: string;
  status: string | null;
  customerId: string | null;
  amount: number | null;
  currency: string | null;
  version: number;
  placedAt: string | null;
  updatedAt: string;
};

const UPSERT = `
  insert into orders as o (order_id, status, customer_id, total_amount, currency, stream_version, placed_at, updated_at)
  select order_id, coalesce(status, 'unknown'), customer_id, amount, currency, version, placed_at, updated_at
  from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
    as n (order_id, status, customer_id, amount, currency, version, placed_at, updated_at)
  on conflict (order_id) do update set
    status = case excluded.status when 'unknown' then o.status else excluded.status end,
    customer_id = coalesce(excluded.customer_id, o.customer_id),
    total_amount = coalesce(excluded.total_amount, o.total_amount),
    currency = coalesce(excluded.currency, o.currency),
    stream_version = excluded.stream_version,
    placed_at = coalesce(excluded.placed_at, o.placed_at),
    updated_at = excluded.updated_at
  where o.stream_version < excluded.stream_version`;

/**
 * The list of orders. A page's events are folded to one row an order and written by one statement; a row never goes
 * back to an older version of its stream. What an event does not say stays null: a history imported from elsewhere may
 * say less than ours.
 */
export const ordersProjection = defineProjection({
  name: 'orders',
  version: 1,
  sink: 'sql',
  title: 'Orders',
  categories: ['order'],
  acknowledges: true,
  onFailure: 'park',
  tables: [
    `create table orders (
      order_id text collate "C" primary key,
      status text not null,
      customer_id text,
      total_amount bigint,
      currency text,
      stream_version bigint not null,
      placed_at timestamptz,
      updated_at timestamptz not null
    )`,
  ],
  indexes: ['create index orders_by_customer on orders (customer_id, order_id)'],
  rows: { table: 'orders', key: 'order_id', keyIs: 'streamId' },
  code: import.meta.url,
  async apply(events, write) {
    const rows = new Map<string, Row>();
    forEachEvent(events, (event) => rows.set(event.streamId, fold(rows.get(event.streamId), event)));
    const all = [...rows.values()];
    await write(UPSERT, [
      all.map((row) => row.orderId),
      all.map((row) => row.status),
      all.map((row) => row.customerId),
      all.map((row) => row.amount),
      all.map((row) => row.currency),
      all.map((row) => row.version),
      all.map((row) => row.placedAt),
      all.map((row) => row.updatedAt),
    ]);
  },
});

function fold(row: Row | undefined, { streamId, streamVersion, eventType, data, occurredAt }: RecordedEvent): Row {
  const before = row ?? {
    orderId: streamId,
    status: null,
    customerId: null,
    amount: null,
    currency: null,
    placedAt: null,
  };
  const status = isOrderEventType(eventType) ? STATUS[eventType] : before.status;
  const after = { ...before, status, version: streamVersion, updatedAt: occurredAt };
  if (eventType !== 'OrderPlaced') return after;
  const total = data.total;
  const money = typeof total === 'object' && total !== null && !Array.isArray(total) ? total : {};
  return {
    ...after,
    customerId: typeof data.customerId === 'string' ? data.customerId : null,
    amount: typeof money.amount === 'number' && Number.isSafeInteger(money.amount) ? money.amount : null,
    currency: typeof money.currency === 'string' ? money.currency : null,
    placedAt: occurredAt,
  };
}

function isOrderEventType(eventType: string): eventType is OrderEvent['eventType'] {
  return Object.hasOwn(STATUS, eventType);
}
