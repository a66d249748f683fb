import type { Database } from '#db/database.ts';

const CHUNK = 20_000;

// Thousand orders at a time go through their five events side by side, as orders of one hour do.
const SEED = `
  select import_events(array_agg('order-' || o), array_agg('order'::text), array_agg(gen_random_uuid()),
    array_agg((array['OrderPlaced', 'OrderConfirmed', 'OrderShipped', 'OrderDelivered', 'OrderReturned'])[step + 1]),
    array_agg(1::smallint), array_agg(case step
      when 0 then jsonb_build_object('customerId', 'c' || o % 5000, 'lines', jsonb_build_array(jsonb_build_object('sku', 'TEE-' || o % 90,
        'quantity', 1 + o % 3, 'unitPrice', jsonb_build_object('amount', 1900, 'currency', 'EUR'))),
        'total', jsonb_build_object('amount', 1900 * (1 + o % 3), 'currency', 'EUR'))
      when 2 then jsonb_build_object('carrier', 'post', 'trackingNumber', 'T' || o)
      else '{}' end::text),
    array_agg('{"actor":"bench"}'::text), array_agg(timestamptz '2026-11-01Z' + n * interval '1 second'))
  from (select n, (n / 5000) * 1000 + n % 1000 as o, (n % 5000) / 1000 as step
        from generate_series($1::int, $2::int - 1) n order by n) t`;

/** Writes events of orders, five each, by the store's own import. `events` is a multiple of 20,000. */
export async function seedOrders(database: Database, events: number): Promise<void> {
  for (let first = 0; first < events; first += CHUNK) {
    await database.query(SEED, [first, Math.min(first + CHUNK, events)], { deadlineMs: 60_000 });
  }
  await database.query('vacuum analyze events', [], { deadlineMs: 120_000 });
  await database.query('analyze streams', [], { deadlineMs: 60_000 });
}
