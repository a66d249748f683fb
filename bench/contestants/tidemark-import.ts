import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Contestant } from '#bench/contestant.ts';
import { connectDatabase } from '#db/client.ts';
import { importEvents } from '#server/import-export/import-events.ts';
import { connect as connectStore, setup as setupStore } from './tidemark.ts';

/** Ours, by what `npm run import` does once it has a file and a database. */
export const setup = setupStore;

export async function connect(url: string): Promise<Contestant> {
  const store = await connectStore(url, '');
  const database = connectDatabase({ url, schema: 'tidemark', applicationName: 'tidemark-import', connectionsMax: 4 });
  return {
    ...store,
    async importFile(path) {
      const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
      const { added } = await importEvents(database, lines, { dryRun: false, onProgress: () => {} });
      return added;
    },
    async close() {
      await database.close();
      await store.close();
    },
  };
}
