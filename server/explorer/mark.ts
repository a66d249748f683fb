import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Mark } from './explorer.ts';

/**
 * The mark as it is, read for the caller: the pulse's is up to a second old, and whoever opens a page right after an
 * append would be told that the event is not there.
 */
export async function mark({ database, eventStore }: { database: Database; eventStore: EventStore }): Promise<Mark> {
  const [{ position }, [clock]] = await Promise.all([
    eventStore.highWaterMark(),
    database.query<{ at: string }>('select clock_timestamp() as at'),
  ]);
  return { position, at: clock?.at ?? new Date().toISOString() };
}
