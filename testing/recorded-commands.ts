import type { Database } from '#db/database.ts';

const ORDER = `jsonb_build_object('customerId', 'cus-' || o % 10,
  'lines', '[{"sku":"TEE","quantity":1,"unitPrice":{"amount":1999,"currency":"EUR"}}]'::jsonb)`;

const COMMANDS = `
  insert into commands (command_id, command_type, stream_id, data, actor, outcome, received_at, duration_ms, receipt)
  select gen_random_uuid(), (array['PlaceOrder', 'ConfirmOrder', 'CancelOrder', 'ShipOrder'])[step + 1],
    'order-' || lpad(o::text, 9, '0'),
    case step when 0 then ${ORDER} when 2 then '{"reason":"late"}' when 3 then '{"carrier":"DHL","trackingNumber":"1"}' else '{}' end,
    'ada', case step when 3 then 'rejected' else 'accepted' end, now() + (o * 4 + step) * interval '1 millisecond', 1,
    case step when 3 then '{"streamVersion":3,"events":[]}'::jsonb
      else jsonb_build_object('streamVersion', step + 1, 'events', '[{}]'::jsonb) end
  from generate_series(0, $1 - 1) o, generate_series(0, 3) step`;

const EVENTS = `
  insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at)
  select nextval('event_positions'), 'order-' || lpad(o::text, 9, '0'), step + 1,
    (array['OrderPlaced', 'OrderConfirmed', 'OrderCancelled'])[step + 1], 1, gen_random_uuid(),
    case step when 0 then ${ORDER} || '{"total":{"amount":1999,"currency":"EUR"}}' when 2 then '{"reason":"late"}' else '{}' end,
    '{}', now(), now()
  from generate_series(0, $1 - 1) o, generate_series(0, 2) step`;

/** Commands as they would have been recorded, four an order: placed, confirmed, cancelled, and refused to be shipped. */
export async function recordCommands(database: Database, commands: number): Promise<void> {
  const orders = Math.ceil(commands / 4);
  await database.query(EVENTS, [orders], { deadlineMs: 300_000 });
  await database.query(COMMANDS, [orders], { deadlineMs: 300_000 });
  await database.query('analyze commands, events', [], { deadlineMs: 60_000 });
}
