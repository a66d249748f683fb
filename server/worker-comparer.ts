import { connectDatabase } from '#db/client.ts';
import type { Candidates } from './candidates.ts';
import { createCommandBus } from './command-bus/create-command-bus.ts';
import { startComparer } from './compare/start-comparer.ts';
import { createComparerParts } from './comparison.ts';
import { createRegistry } from './domain/registry.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createUpcasting } from './event-store/upcasting.ts';
import { systemClock } from './kernel/clock.ts';
import type { Projection } from './projections/define-projection.ts';
import { createAcknowledgements } from './projections/engine/acknowledgements.ts';
import { createStatusReader } from './projections/engine/read-status.ts';

/** Starts what compares, with connections of its own: a comparison holds one for as long as it reads. */
export function startComparisons(options: {
  url: string;
  schema: string;
  projections: readonly Projection[];
  candidates: Candidates;
}): { stop(): Promise<void> } {
  const { url, schema, projections, candidates } = options;
  const database = connectDatabase({ url, schema, applicationName: 'tidemark-compare', connectionsMax: 4 });
  const acknowledgements = createAcknowledgements(database);
  const registry = createRegistry();
  const eventStore = createPostgresEventStore(database, createUpcasting(registry.upcasters));
  const commandBus = createCommandBus({ database, store: eventStore, registry, acknowledgements, clock: systemClock });
  const status = createStatusReader(database, eventStore);
  const comparer = startComparer(
    createComparerParts({ database, eventStore, commandBus, registry, projections, candidates, status }),
    { onError: (error) => console.error('a comparison failed:', error) },
  );
  return {
    async stop() {
      await comparer.stop();
      await commandBus.close();
      await acknowledgements.stop();
      await eventStore.close();
      await database.close();
    },
  };
}
