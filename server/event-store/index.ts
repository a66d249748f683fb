import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import type { Upcaster } from '#server/kernel/upcaster.ts';
import type { EventStore } from './event-store.ts';
import { createPostgresEventStore } from './postgres/postgres-event-store.ts';
import { createUpcasting } from './upcasting.ts';

export type { AppendRequest, AppendResult, EventStore } from './event-store.ts';

/**
 * Connects to Postgres (15 or later), migrates the schema where it is empty or older, and gives the store.
 * `close()` ends its connections too.
 */
export async function connectEventStore(options: {
  url: string;
  schema: string;
  connectionsMax?: number;
  /** Bring stored events to the present shape of their types. */
  upcasters?: readonly Upcaster[];
}): Promise<EventStore> {
  const { upcasters, ...connection } = options;
  const upcasting = createUpcasting(upcasters);
  const database = connectDatabase({ applicationName: 'tidemark', ...connection });
  await migrate(database);
  const store = createPostgresEventStore(database, upcasting);
  return {
    ...store,
    async close() {
      await store.close();
      await database.close();
    },
  };
}
