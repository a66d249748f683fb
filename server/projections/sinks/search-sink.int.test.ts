import { createTestDatabase } from '#testing/postgres.ts';
import { searchSinkContract } from '#testing/search-sink-contract.ts';
import { createPostgresSearchSink } from './postgres-search-sink.ts';

searchSinkContract('Postgres', async () => {
  const { database, drop } = await createTestDatabase();
  return { sink: createPostgresSearchSink((...call) => database.query(...call)), close: drop };
});
