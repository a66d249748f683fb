import { connectDatabase } from '#db/client.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { startProjectionEngine } from '#server/projections/engine/engine.ts';
import { journalProjection } from './journal.ts';

/** A worker as a process of its own, with the journal beside what is shipped, that tests kill and freeze. */
const [url = '', schema = '', leaseMs = '1000'] = process.argv.slice(2);
const database = connectDatabase({ url, schema, applicationName: 'test-worker', connectionsMax: 16 });
const eventStore = createPostgresEventStore(database);
const engine = await startProjectionEngine({
  database,
  eventStore,
  projections: [...projections, journalProjection({ categories: ['order'] })],
  leaseMs: Number(leaseMs),
});
process.send?.('started');
process.on('SIGTERM', () => {
  void engine
    .stop()
    .then(() => eventStore.close())
    .then(() => database.close())
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
