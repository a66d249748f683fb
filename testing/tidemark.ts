import type { Database } from '#db/database.ts';
import { type Candidates, NO_CANDIDATES } from '#server/candidates.ts';
import { createRegistry } from '#server/domain/registry.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { createUpcasting } from '#server/event-store/upcasting.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { projections as shipped } from '#server/projections/definitions/index.ts';
import { startProjectionEngine } from '#server/projections/engine/engine.ts';
import { createRuntime } from '#server/runtime.ts';
import type { Services } from '#server/trpc/services.ts';
import { startComparisons } from '#server/worker-comparer.ts';
import { createTestDatabase } from './postgres.ts';

export type TestTidemark = {
  services: Services;
  database: Database;
  url: string;
  /** A stream id that no event has. */
  unknown: StreamId;
  stop(): Promise<void>;
};

/** All of Tidemark but HTTP, on a database of its own, with the engine in this process. */
export async function startTidemark(candidates: Candidates = NO_CANDIDATES): Promise<TestTidemark> {
  const projections = [...shipped, ...candidates.projections];
  const { url, database, drop } = await createTestDatabase();
  const shutdown = new AbortController();
  const runtime = await createRuntime({
    url,
    schema: 'tidemark',
    embedded: true,
    secret: 'a secret of at least 32 characters',
    workerState: () => ({ state: 'running', restarts: 0 }),
    shutdown: shutdown.signal,
    candidates,
  });
  const eventStore = createPostgresEventStore(database, createUpcasting(createRegistry().upcasters));
  const engine = await startProjectionEngine({ database, eventStore, projections });
  const comparisons = startComparisons({ url, schema: 'tidemark', projections, candidates });
  return {
    services: runtime.services,
    database,
    url,
    unknown: 'nothing-here' as StreamId,
    async stop() {
      shutdown.abort();
      await comparisons.stop();
      await engine.stop();
      await eventStore.close();
      await runtime.close();
      await drop();
    },
  };
}
