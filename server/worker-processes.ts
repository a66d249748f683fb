import { connectDatabase } from '#db/client.ts';
import { createCommandBus } from './command-bus/create-command-bus.ts';
import { fulfilment } from './domain/fulfilment/process.ts';
import { createRegistry } from './domain/registry.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createUpcasting } from './event-store/upcasting.ts';
import { systemClock } from './kernel/clock.ts';
import { startProcessManager } from './processes/run-process-manager.ts';
import { createAcknowledgements } from './projections/engine/acknowledgements.ts';

/**
 * Starts every process manager on a migrated database, with connections of its own: a rebuild that takes all of the
 * engine's must not hold up a payment.
 */
export function startProcesses({ url, schema }: { url: string; schema: string }): { stop(): Promise<void> } {
  const database = connectDatabase({ url, schema, applicationName: 'tidemark-processes', connectionsMax: 8 });
  const registry = createRegistry();
  const eventStore = createPostgresEventStore(database, createUpcasting(registry.upcasters));
  const acknowledgements = createAcknowledgements(database);
  const commandBus = createCommandBus({ database, store: eventStore, registry, acknowledgements, clock: systemClock });
  const manager = startProcessManager(fulfilment, { database, eventStore, commandBus });
  return {
    async stop() {
      await manager.stop();
      await commandBus.close();
      await acknowledgements.stop();
      await eventStore.close();
      await database.close();
    },
  };
}
