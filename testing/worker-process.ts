import { connectDatabase } from '#db/client.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { startProjectionEngine } from '#server/projections/engine/engine.ts';
import { endWithParent } from './end-with-parent.ts';
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
endWithParent(engine, eventStore, database);
