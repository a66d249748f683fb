import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { createCommandBus } from '#server/command-bus/create-command-bus.ts';
import { createRegistry } from '#server/domain/registry.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { systemClock } from '#server/kernel/clock.ts';
import { createAcknowledgements } from '#server/projections/engine/acknowledgements.ts';

/** What becomes of an order by its kind: paid, declined by the bank, never answered, out of stock, or taken back. */
export const KINDS = ['paid', 'declined', 'silent', 'missing', 'cancelled'] as const;
export type Kind = (typeof KINDS)[number];

export type FulfilmentRun = {
  orders: number;
  kills: number;
  seconds: number;
  /** Orders that did not end as their kind must. */
  wrong: { orderId: string; order: string; payment: string }[];
  /** What an order has twice, by stream and event type. */
  doubled: string[];
  /** Articles whose reserved quantity is not the sum of the paid orders. */
  stockOff: number;
  /** Events that a run over the whole history anew added. */
  addedByReplay: number;
};

const WORKER = fileURLToPath(new URL('../server/worker.ts', import.meta.url));
const ARTICLES = ['TEE', 'MUG', 'CAP'];
const SILENT_SECONDS = 2;

/** Which kind the nth order is: every second one is paid. */
export const kindOf = (n: number): Kind => (n % 2 === 0 ? 'paid' : (KINDS[1 + (((n - 1) / 2) % 4)] ?? 'paid'));

/**
 * Places and starts `orders` orders while workers run and are killed (SIGKILL) `kills` times, plays the bank and the
 * customers who change their mind, waits until every order has ended, and counts what is not right.
 */
export async function runFulfilment(options: {
  url: string;
  schema: string;
  orders: number;
  kills: number;
  timeoutMs: number;
}): Promise<FulfilmentRun> {
  const { url, schema, orders, kills, timeoutMs } = options;
  const database = connectDatabase({ url, schema, applicationName: 'fulfilment-run', connectionsMax: 8 });
  const store = createPostgresEventStore(database);
  const acknowledgements = createAcknowledgements(database);
  const registry = createRegistry();
  const bus = createCommandBus({ database, store, registry, acknowledgements, clock: systemClock });
  const send = (commandType: string, streamId: string, data: object) =>
    bus.handle({ commandType, streamId, data, actor: 'run', waitForMs: 0 });
  const startedAt = performance.now();

  for (const sku of ARTICLES) await send('ReceiveStock', `stock-${sku}`, { quantity: orders * 3 });
  const bank = store.subscribe({
    categories: ['payment'],
    eventTypes: ['PaymentAuthorized'],
    async onEvents(events) {
      for (const { streamId } of events) {
        const kind = kindOf(Number(streamId.slice('payment-'.length)));
        // A customer may cancel after the bank has paid.
        if (kind === 'paid' || kind === 'cancelled') await send('CapturePayment', streamId, {});
        if (kind === 'declined') await send('DeclinePayment', streamId, { reason: 'insufficient funds' });
      }
    },
  });
  const workers = startWorkers({ url, schema });
  const placed = everyOrder(orders, 8, async (n) => {
    const id = `order-${n}`;
    const kind = kindOf(n);
    const lines = [line(ARTICLES[n % 3] ?? '', 1 + (n % 3)), line(kind === 'missing' ? 'NONE' : 'TEE2', 1)];
    if (kind !== 'missing') lines.pop();
    await send('PlaceOrder', id, { customerId: `cus-${n % 7}`, lines });
    const paymentSeconds = kind === 'silent' ? SILENT_SECONDS : 600;
    await send('StartFulfilment', `fulfilment-${id}`, { method: 'card', paymentSeconds });
    if (kind === 'cancelled') {
      // Early, in the middle, or after it is confirmed.
      await new Promise((resolve) => setTimeout(resolve, (n % 40) * 10));
      await send('CancelOrder', id, { reason: 'changed my mind' });
    }
  });
  for (let kill = 0; kill < kills; kill += 1) {
    // Not before it has begun to work, at a moment that differs.
    const share = (kill + 1) / (kills + 1);
    await until(async () => (await endedCount(database)) >= Math.floor(orders * share * 0.8), timeoutMs);
    await workers.kill();
  }
  await placed;
  await until(async () => (await endedCount(database)) >= orders, timeoutMs);
  const seconds = (performance.now() - startedAt) / 1000;
  const run = { orders, kills, seconds, ...(await check(database, orders)) };
  const before = await eventCount(database);
  await workers.kill();
  await database.query('update process_managers set checkpoint = 0, owner = null');
  const { position } = await store.highWaterMark();
  await until(async () => {
    const [row] = await database.query<{ done: boolean }>('select checkpoint >= $1 as done from process_managers', [
      position,
    ]);
    return row?.done === true;
  }, timeoutMs);
  await workers.stop();
  await bank.stop();
  await bus.close();
  await acknowledgements.stop();
  const addedByReplay = (await eventCount(database)) - before;
  await store.close();
  await database.close();
  return { ...run, addedByReplay };
}

const line = (sku: string, quantity: number) => ({ sku, quantity, unitPrice: { amount: 1900, currency: 'EUR' } });

/** Two workers, as in a real installation; one that is killed is started again. */
function startWorkers({ url, schema }: { url: string; schema: string }) {
  const env = { ...process.env, DATABASE_URL: url, TIDEMARK_SCHEMA: schema, TIDEMARK_SECRET: 's'.repeat(32) };
  const start = () => spawn(process.execPath, ['--import', './bin/typescript.mjs', WORKER], { env, stdio: 'ignore' });
  const running: ChildProcess[] = [start(), start()];
  const end = async (worker: ChildProcess, signal: NodeJS.Signals) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const gone = once(worker, 'exit');
    worker.kill(signal);
    await gone;
  };
  return {
    /** Kills both in turn, so that the one with the lease is among them. */
    async kill() {
      for (const worker of running.splice(0)) {
        await end(worker, 'SIGKILL');
        running.push(start());
        if (running.length === 2) break;
      }
    },
    async stop() {
      await Promise.all(running.map((worker) => end(worker, 'SIGTERM')));
    },
  };
}

async function everyOrder(count: number, atOnce: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

const kindSql = `case when n % 2 = 0 then 'paid' else (array['declined','silent','missing','cancelled'])[1 + ((n - 1) / 2) % 4] end`;

async function endedCount(database: Database): Promise<number> {
  const [row] = await database.query<{ ended: number }>(
    `select count(distinct stream_id)::float8 as ended
     from (select stream_id, event_type, substr(stream_id, 18)::int as n from events where stream_id like 'fulfilment-order-%') e
     where (event_type = 'FulfilmentConfirmed' and ${kindSql} = 'paid') or event_type in ('FulfilmentCancelled', 'FulfilmentFailed')`,
  );
  return row?.ended ?? 0;
}

async function eventCount(database: Database): Promise<number> {
  const [row] = await database.query<{ count: number }>('select count(*)::float8 as count from events');
  return row?.count ?? 0;
}

/** By SQL over the events alone, so that no code under test judges itself. */
async function check(
  database: Database,
  orders: number,
): Promise<Pick<FulfilmentRun, 'wrong' | 'doubled' | 'stockOff'>> {
  const wrong = await database.query<FulfilmentRun['wrong'][number]>(
    `with o as (
       select n, 'order-' || n as "orderId", ${kindSql} as kind,
         (select event_type from events where stream_id = 'order-' || n order by stream_version desc limit 1) as "order",
         coalesce((select string_agg(event_type, ' ' order by stream_version) from events where stream_id = 'payment-' || n), '') as payment
       from generate_series(0, $1 - 1) n)
     select "orderId", "order", payment from o where not case kind
       when 'paid' then "order" = 'OrderConfirmed' and payment = 'PaymentAuthorized PaymentCaptured'
       when 'missing' then "order" = 'OrderCancelled' and payment = ''
       when 'cancelled' then "order" = 'OrderCancelled' and payment in
         ('', 'PaymentAuthorized PaymentDeclined', 'PaymentAuthorized PaymentCaptured PaymentRefunded')
       else "order" = 'OrderCancelled' and payment = 'PaymentAuthorized PaymentDeclined' end`,
    [orders],
  );
  const [counts] = await database.query<{ doubled: string[]; stockOff: number }>(
    `select
       (select coalesce(json_agg(what order by what), '[]') from (
          select concat_ws(' ', stream_id, event_type, data->>'orderId') as what from events where event_type in ('StockReserved', 'ReservationReleased')
          group by stream_id, event_type, data->>'orderId' having count(*) > 1
          union all
          select concat_ws(' ', stream_id, event_type) from events where split_part(stream_id, '-', 1) in ('order', 'payment', 'fulfilment')
            and event_type not in ('FulfilmentStockReserved', 'FulfilmentStepRefused', 'FulfilmentReservationReleased', 'FulfilmentBroken')
          group by stream_id, event_type having count(*) > 1) d) as doubled,
       (select count(*) from (
          select split_part(stream_id, '-', 2) as sku,
            sum(case event_type when 'StockReserved' then (data->>'quantity')::int when 'ReservationReleased' then -(data->>'quantity')::int else 0 end) as held
          from events where stream_id like 'stock-%' group by 1) s
        where held <> (select coalesce(sum((l->>'quantity')::int), 0)
          from (select substr(stream_id, 7)::int as n, data from events where event_type = 'OrderPlaced') p,
            jsonb_array_elements(data->'lines') l
          where ${kindSql} = 'paid' and l->>'sku' = s.sku))::float8 as "stockOff"`,
  );
  return { wrong, doubled: counts?.doubled ?? ['not counted'], stockOff: counts?.stockOff ?? -1 };
}

async function until(condition: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`it has not come about within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
