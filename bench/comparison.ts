import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { deciders } from '#examples/candidates/orders.ts';
import { compareData } from '#server/compare/data/compare-data.ts';
import { replayCommands } from '#server/compare/deciders/replay-commands.ts';
import { orderDecider } from '#server/domain/order/decider.ts';
import type { Decider } from '#server/kernel/decider.ts';
import type { Position } from '#server/kernel/position.ts';
import { ordersProjection } from '#server/projections/definitions/orders.ts';
import { inspect, onSnapshot } from '#server/projections/engine/inspected.ts';
import { makeVersion } from '#server/projections/engine/rebuild.ts';
import { registerProjections } from '#server/projections/engine/register.ts';
import type { Special } from './measurement.ts';
import { single } from './statistics.ts';

const SCHEMA = 'tidemark';

/** What is written here is of the present. */
const upcast = <Event>(event: Event): Event => event;

const ROWS = `
  insert into "tidemark_orders_v%v".orders
  select 'order-' || lpad(n::text, 9, '0'), 'placed', 'cus-' || n % 1000, n % 9000, 'EUR', 1, '2026-10-01Z', '2026-10-01Z'
  from generate_series(1, $1) n`;

const COMMANDS = `
  insert into commands (command_id, command_type, stream_id, data, actor, outcome, received_at, duration_ms, receipt)
  select gen_random_uuid(), case n % 4 when 0 then 'PlaceOrder' when 1 then 'ConfirmOrder' when 2 then 'CancelOrder' else 'ShipOrder' end,
    'order-' || lpad((n / 4)::text, 9, '0'),
    case n % 4 when 0 then '{"customerId":"ada","lines":[{"sku":"TEE","quantity":1,"unitPrice":{"amount":1999,"currency":"EUR"}}]}'::jsonb
      when 2 then '{"reason":"late"}' when 3 then '{"carrier":"DHL","trackingNumber":"1"}' else '{}' end,
    'bench', case when n % 4 = 3 then 'rejected' else 'accepted' end, now() + n * interval '1 millisecond', 1,
    case when n % 4 = 3 then '{"streamVersion":3,"events":[]}'::jsonb
      else jsonb_build_object('streamVersion', n % 4 + 1, 'events', '[{}]'::jsonb) end
  from generate_series(0, $1 - 1) n`;

const EVENTS = `
  insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at)
  select nextval('event_positions'), 'order-' || lpad((n / 3)::text, 9, '0'), n % 3 + 1,
    case n % 3 when 0 then 'OrderPlaced' when 1 then 'OrderConfirmed' else 'OrderCancelled' end, 1, gen_random_uuid(),
    case n % 3 when 0 then '{"customerId":"ada","lines":[{"sku":"TEE","quantity":1,"unitPrice":{"amount":1999,"currency":"EUR"}}],"total":{"amount":1999,"currency":"EUR"}}'::jsonb
      when 2 then '{"reason":"late"}' else '{}' end, '{}', now(), now()
  from generate_series(0, $1 - 1) n`;

/** A million rows of two versions with ten that differ, and none; and 100,000 recorded commands by two deciders. */
export const comparison: Special = {
  kind: 'special',
  title: 'Two versions of a million rows, two deciders over 100,000 commands',
  async run(url, { quick, progress }) {
    const rows = quick ? 50_000 : 1_000_000;
    const commands = quick ? 5_000 : 100_000;
    const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench', deadlineMs: 300_000 });
    await migrate(database);
    await registerProjections(database, [ordersProjection]);
    await database.transaction(
      (query) =>
        makeVersion(query, SCHEMA, ordersProjection, { version: 2, state: 'building', by: 'bench', why: 'measured' }),
      { deadlineMs: 60_000 },
    );
    progress(`${rows} rows of each`);
    for (const version of [1, 2]) await database.query(ROWS.replace('%v', String(version)), [rows]);
    const compare = () =>
      onSnapshot(database, 600_000, async (query) => {
        const a = await inspect(query, [ordersProjection], { name: 'orders', version: 1 });
        const b = await inspect(query, [ordersProjection], { name: 'orders', version: 2 });
        const options = {
          store: SCHEMA,
          a,
          b,
          rules: [],
          position: '0' as Position,
          inFlight: new Set<string>(),
          tell: async () => {},
          upcast,
        };
        return (await compareData(query, options)).report;
      });
    const equalAt = performance.now();
    const equal = await compare();
    const equalMs = performance.now() - equalAt;
    await database.query(
      `update "tidemark_orders_v2".orders set total_amount = total_amount + 1 where order_id in (select 'order-' || lpad((n * $1 / 11)::text, 9, '0') from generate_series(1, 10) n)`,
      [rows],
    );
    const tenAt = performance.now();
    const ten = await compare();
    const tenMs = performance.now() - tenAt;
    progress(`${commands} commands`);
    await database.query(EVENTS, [(commands * 3) / 4]);
    await database.query(COMMANDS, [commands]);
    await database.query('analyze commands, events');
    const [candidate] = deciders;
    if (candidate === undefined) throw new Error('there is a candidate decider');
    const commandsAt = performance.now();
    const decided = await database.transaction(
      (query) =>
        replayCommands(
          { query, upcast },
          {
            category: 'order',
            range: {},
            deciders: { a: orderDecider as unknown as Decider, b: candidate.decider },
            measure: { count: 'OrderCancelled', better: 'lower' },
            seed: 1,
            tell: async () => {},
          },
        ),
      { deadlineMs: 600_000 },
    );
    const commandsMs = performance.now() - commandsAt;
    await database.close();
    return {
      rounds: 1,
      figures: {
        rows: single(rows, ''),
        equalMs: single(equalMs, 'ms'),
        differencesOfEqual: single(equal.changed + equal.onlyA + equal.onlyB, ''),
        tenMs: single(tenMs, 'ms'),
        differencesFound: single(ten.changed, ''),
        rowsReadAfterHashing: single(ten.hashing.rowsRead / (2 * rows), 'of rows'),
        commands: single(decided.commands, ''),
        commandsPerSecond: single((decided.commands * 1000) / commandsMs, 'commands/s'),
        acceptedByOneOnly: single(decided.acceptedOnlyA + decided.acceptedOnlyB, ''),
      },
    };
  },
};
