import { findEmbeddedPostgres } from '#db/embedded.ts';
import { openStore } from '#db/open-store.ts';
import { loadCandidates } from './candidates.ts';
import { createRegistry } from './domain/registry.ts';
import { readEnv, SettingError } from './env.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createUpcasting } from './event-store/upcasting.ts';
import { readArguments } from './import-export/read-arguments.ts';
import { projections as shipped } from './projections/definitions/index.ts';
import { startProjectionEngine } from './projections/engine/engine.ts';
import { startComparisons } from './worker-comparer.ts';
import { startProcesses } from './worker-processes.ts';

/** Past this a stop is not waited for: a page that hangs is rolled back by Postgres when its connection goes. */
const STOP_MS_MAX = 6000;

const USAGE = `npm run worker    keeps projections, processes and comparisons going on the store that the settings name, until Ctrl+C
  Settings are environment variables, the same as the server's (DATABASE_URL, TIDEMARK_DATA_DIR …): docs/operating.md`;

if (readArguments(USAGE, {}) === undefined) process.exit(2);
const { env, url, database, candidates } = await open().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
const projections = [...shipped, ...candidates.projections];
const eventStore = createPostgresEventStore(database, createUpcasting(createRegistry().upcasters));
const engine = await startProjectionEngine({ database, eventStore, projections });
const processes = startProcesses({ url, schema: env.schema });
const comparisons = startComparisons({ url, schema: env.schema, projections, candidates });
if (process.send) process.send('started');
else console.log(`The worker runs ${projections.map(({ name }) => name).join(', ')}. Ctrl+C stops it.`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  await Promise.all([engine.stop(), processes.stop(), comparisons.stop()]);
  await eventStore.close();
  await database.close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
// The web process that started this one is gone, however it went.
process.on('disconnect', () => void stop());

async function open() {
  const env = readEnv();
  const url = env.databaseUrl ?? findEmbeddedPostgres(env.dataDir);
  if (url === undefined) {
    throw new SettingError(
      `No Postgres runs on ${env.dataDir}: start Tidemark with npm start, or name a server in DATABASE_URL.`,
    );
  }
  const candidates = await loadCandidates(env.candidates);
  const { schema } = env;
  const database = await openStore({ url, schema, applicationName: 'tidemark-worker', connectionsMax: 16 });
  return { env, url, database, candidates };
}
