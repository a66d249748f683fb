import { once } from 'node:events';
import { startWorker, untilFilled } from '#bench/fill.ts';
import { seedOrders } from '#bench/seed-orders.ts';
import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { compareData } from '#server/compare/data/compare-data.ts';
import { onPinnedVersions } from '#server/compare/data/pin-versions.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { createOperations } from '#server/projections/engine/create-operations.ts';
import { createStatusReader } from '#server/projections/engine/read-status.ts';

const SCHEMA = 'equal';
const DEADLINE_MS = 600_000;

/**
 * A worker builds `orders` from so many events, and beside it a second version with the same code; then both are
 * compared as an experiment compares them.
 */
export async function compareEqualVersion(url: string, events: number) {
  const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench', deadlineMs: DEADLINE_MS });
  await migrate(database);
  await seedOrders(database, events);
  const eventStore = createPostgresEventStore(database);
  const status = createStatusReader(database, eventStore);
  const operations = createOperations({ database, eventStore, projections });
  const worker = await startWorker(url, SCHEMA, 'orders');
  try {
    const { version } = await operations.rebuild({ name: 'orders', actor: 'bench', reason: 'measured' });
    await untilFilled(status, 'orders', 1);
    await untilFilled(status, 'orders', version);
    const startedAt = performance.now();
    const compared = await onPinnedVersions(
      { database, projections, signal: AbortSignal.timeout(DEADLINE_MS) },
      { name: 'orders', a: 1, b: version },
      async ({ query, a, b, position, inFlight }) => {
        const tell = async () => {};
        const given = { store: SCHEMA, a, b, rules: [], position, inFlight, tell, upcast: eventStore.upcast };
        return (await compareData(query, given)).report;
      },
    );
    if ('until' in compared) throw new Error(`the two did not come to one position: ${JSON.stringify(compared)}`);
    return { report: compared, ms: performance.now() - startedAt };
  } finally {
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    await ended;
    await eventStore.close();
    await database.close();
  }
}
