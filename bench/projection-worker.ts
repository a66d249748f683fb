import { connectDatabase } from '#db/client.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { startProjectionEngine } from '#server/projections/engine/engine.ts';
import { endWithParent } from '#testing/end-with-parent.ts';

/** A worker that runs one projection alone, so that a measurement of it is not one of the others. */
const [url = '', schema = '', name = ''] = process.argv.slice(2);
const database = connectDatabase({ url, schema, applicationName: 'bench-worker', connectionsMax: 16 });
const eventStore = createPostgresEventStore(database);
const engine = await startProjectionEngine({
  database,
  eventStore,
  projections: projections.filter((one) => one.name === name),
});
endWithParent(engine, eventStore, database);
