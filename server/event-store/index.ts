import type { Query } from '#db/database.ts';
import { openStore } from '#db/open-store.ts';
import type { Upcaster } from '#server/kernel/upcaster.ts';
import type { AppendRequest, AppendResult, EventStore } from './event-store.ts';
import { appendInTransaction } from './postgres/append-in-transaction.ts';
import { createPostgresEventStore } from './postgres/postgres-event-store.ts';
import { prepareAppend } from './prepare-events.ts';
import { createUpcasting } from './upcasting.ts';

export type { AppendRequest, AppendResult, EventStore } from './event-store.ts';

/** The port, and what only a store on Postgres can do. */
export type ConnectedEventStore = EventStore & {
  /**
   * Appends within a transaction of the caller's own, so that events and rows of his stand or fall together. `query` runs one
   * statement in it with `$1` parameters and gives its rows: `(text, values) => client.query(text, values).then((r) => r.rows)`
   * with pg, `(text, values) => sql.unsafe(text, values)` with postgres.js. Rejects as `append` does, and after that the
   * transaction can only be rolled back; an event id that stands already rejects with `event-id-reused` whatever its
   * content. While it is open readers wait at its place, so keep it short.
   */
  appendWithin(query: Query, request: AppendRequest): Promise<AppendResult>;
};

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
}): Promise<ConnectedEventStore> {
  const { upcasters, ...connection } = options;
  const upcasting = createUpcasting(upcasters);
  const database = await openStore({ applicationName: 'tidemark', ...connection });
  const store = createPostgresEventStore(database, upcasting);
  return {
    ...store,
    async appendWithin(query, request) {
      return appendInTransaction(query, options.schema, prepareAppend(request, upcasting));
    },
    async close() {
      await store.close();
      await database.close();
    },
  };
}
