import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '#server/event-store/event-store.ts';
import { type Position, START } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import type { Runtime } from '#server/runtime.ts';
import { SCHEMA, startRuntime } from './contestants/start-commands.ts';
import { startWorker, untilFilled } from './fill.ts';
import type { Special } from './measurement.ts';
import { seedOrders } from './seed-orders.ts';
import { single } from './statistics.ts';

const COMMANDS_PER_SECOND = 200;

/**
 * A rebuild of `orders` over a million events while 200 commands a second run and a reader looks all the time, then
 * promote and rollback: events a second beside the raw catch-up rate, and what readers saw.
 */
export const rebuild: Special = {
  kind: 'special',
  title: 'A rebuild beside commands and readers, promoted and rolled back',
  async run(url, { quick, progress }) {
    const events = quick ? 100_000 : 1_000_000;
    const shutdown = new AbortController();
    const runtime = await startRuntime(url, shutdown.signal);
    progress(`${events} events are written`);
    await seedOrders(runtime.database, events);
    const worker = await startWorker(url, SCHEMA, 'orders');
    const firstSeconds = await untilFilled(runtime.services.projections.status, 'orders', 1);
    const rawPerSecond = events / (await readAll(runtime.services.eventStore));
    progress('the rebuild begins');
    const load = startLoad(runtime);
    const reader = startReader(runtime);
    const act = { name: 'orders', actor: 'bench', reason: 'measured' };
    const { version } = await runtime.services.operations.rebuild(act);
    const rebuildSeconds = await untilFilled(runtime.services.projections.status, 'orders', version);
    const promoteMs = await timed(() => runtime.services.operations.promote(act));
    await pause(500);
    const rollbackMs = await timed(() => runtime.services.operations.rollback(act));
    const seen = await reader.stop();
    const commands = await load.stop();
    const completeness = await runtime.services.inspection.completeness({ name: 'orders' });
    worker.kill('SIGTERM');
    shutdown.abort();
    await runtime.close();
    return {
      rounds: 1,
      figures: {
        rawEventsPerSecond: single(rawPerSecond, 'events/s'),
        firstCatchUpEventsPerSecond: single(events / firstSeconds, 'events/s'),
        rebuildEventsPerSecond: single(events / rebuildSeconds, 'events/s'),
        rebuildToRaw: single(events / rebuildSeconds / rawPerSecond, ''),
        promoteMs: single(promoteMs, 'ms'),
        rollbackMs: single(rollbackMs, 'ms'),
        commandsPerSecond: single(commands.count / commands.seconds, 'commands/s'),
        reads: single(seen.reads, ''),
        readsWithAGap: single(seen.gaps, ''),
        readsThatWentBack: single(seen.back, ''),
        readMsMax: single(seen.msMax, 'ms'),
        completenessMs: single(completeness.checkedMs, 'ms'),
        unaccounted: single(completeness.account.missing + completeness.account.repeated, 'events'),
      },
    };
  },
};

async function readAll(store: EventStore): Promise<number> {
  const startedAt = performance.now();
  let after: Position | null = START;
  while (after !== null) after = (await store.readAll({ after, limit: 2000 })).nextAfter;
  return (performance.now() - startedAt) / 1000;
}

function startLoad({ services }: Runtime) {
  const startedAt = performance.now();
  let going = true;
  let count = 0;
  const sent = new Set<Promise<unknown>>();
  const loop = (async () => {
    while (going) {
      const due = ((performance.now() - startedAt) * COMMANDS_PER_SECOND) / 1000;
      for (; count < due; count += 1) {
        const command = services.commandBus.handle({
          commandType: 'PlaceOrder',
          streamId: parseStreamId(`order-live-${count}`),
          data: {
            customerId: 'live',
            lines: [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 1900, currency: 'EUR' } }],
          },
          waitForMs: 0,
          actor: 'bench',
          signal: undefined,
        });
        sent.add(command);
        void command.finally(() => sent.delete(command));
      }
      await pause(5);
    }
  })();
  return {
    async stop() {
      going = false;
      await loop;
      await Promise.all(sent);
      return { count, seconds: (performance.now() - startedAt) / 1000 };
    },
  };
}

/** Looks at orders that every version has, and at the position that it is told with them. */
function startReader({ services }: Runtime) {
  const seen = { reads: 0, gaps: 0, back: 0, msMax: 0 };
  let going = true;
  let position = 0;
  const loop = (async () => {
    while (going) {
      const startedAt = performance.now();
      const page = await services.explorer.readModel({ name: 'orders', after: 'order-1', limit: 20 });
      seen.msMax = Math.max(seen.msMax, performance.now() - startedAt);
      seen.reads += 1;
      if (page.rows.length < 20 || page.rows.some((row) => row.streamVersion < 5)) seen.gaps += 1;
      if (Number(page.position) < position) seen.back += 1;
      position = Math.max(position, Number(page.position));
      await pause(5);
    }
  })();
  return {
    async stop() {
      going = false;
      await loop;
      return seen;
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
