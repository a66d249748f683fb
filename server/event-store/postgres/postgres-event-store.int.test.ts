import { describeEventStore } from '#testing/event-store-contract.ts';
import { describeFolds } from '#testing/fold-contract.ts';
import { createTestDatabase } from '#testing/postgres.ts';
import { createPostgresEventStore } from './postgres-event-store.ts';

for (const describeContract of [describeEventStore, describeFolds]) {
  describeContract('Postgres', async () => {
    const { database, drop } = await createTestDatabase();
    const store = createPostgresEventStore(database);
    return {
      store,
      async close() {
        await store.close();
        await drop();
      },
    };
  });
}
