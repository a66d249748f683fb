import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startServer, type TestServer } from '#testing/http.ts';

const RANGE = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
const CORRELATION = { correlationId: 'checkout-1' };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.services.eventStore.append({
    streamId: 'order-1' as never,
    expectedVersion: 'any',
    events: [{ eventType: 'Noted', data: {} }],
  });
});
afterAll(() => server.stop());

/** Statements of the web process that wait for a lock. */
async function held(): Promise<number> {
  const [row] = await server.database.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name = 'tidemark-web' and wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}

describe('a page that is closed ends its statement in Postgres', () => {
  test.each([
    ['events.list', 'events', { q: 'needle' }],
    ['events.density', 'events', { ...RANGE, actor: 'ada' }],
    ['events.timeline', 'events', { ...RANGE, lanesBy: 'actor' }],
    ['events.facets', 'events', { actor: 'ada' }],
    ['events.facetValues', 'events', { by: 'actor' }],
    ['events.fields', 'events', {}],
    ['events.trace', 'events', CORRELATION],
    ['streams.list', 'streams', { contains: 'needle' }],
    ['streams.recent', 'events', { sort: 'growth' }],
    ['streams.categories', 'events', undefined],
    ['search.query', 'tidemark_search_v1.search_documents', { q: 'needle' }],
    ['search.events', 'events', { q: 'needle' }],
    ['readModels.list', 'tidemark_orders_v1.orders', { name: 'orders' }],
  ])('%s', async (path, table, input) => {
    const url = new URL(`/api/trpc/${path}`, server.origin);
    if (input !== undefined) url.searchParams.set('input', JSON.stringify(input));
    const gone = new AbortController();
    // Whatever the question, it can't be answered while the table is locked: it waits until somebody ends it.
    await server.database.transaction(async (query) => {
      await query(`lock table ${table} in access exclusive mode`);
      const asked = fetch(url, { signal: gone.signal }).then(
        (answer) => answer.status,
        () => 'gone',
      );
      await vi.waitFor(async () => expect(await held()).toBe(1), { timeout: 4000 });
      gone.abort();
      expect(await asked).toBe('gone');
      await vi.waitFor(async () => expect(await held()).toBe(0), { timeout: 4000 });
    });
  });
});
