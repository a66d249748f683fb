import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { registerProjections } from './checkpoint.ts';
import { startHeartbeat } from './heartbeat.ts';
import { runProjection } from './runner.ts';

/**
 * Runs projections side by side, each at its own pace, until stopped. Several engines on one store do no harm: a
 * checkpoint moves only from where its page began.
 */
export async function startProjectionEngine(options: {
  database: Database;
  eventStore: EventStore;
  projections: readonly Projection[];
}): Promise<{ stop(): Promise<void> }> {
  const { database, eventStore, projections } = options;
  const stopping = new AbortController();
  await registerProjections(database, projections);
  const heartbeat = startHeartbeat(database);
  const runners = projections.map((projection) =>
    runProjection(projection, { database, eventStore, signal: stopping.signal }),
  );
  return {
    async stop() {
      stopping.abort();
      await Promise.all(runners);
      await heartbeat.stop();
    },
  };
}
