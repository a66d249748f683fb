import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { follow } from '#server/event-store/follow.ts';
import { append } from './append.ts';
import { highWaterMark } from './high-water-mark.ts';
import { readAll, readEvent } from './read-all.ts';
import { readStream } from './read-stream.ts';
import { createWakeUp } from './wake-up.ts';

/** The event store on a migrated database. Closing the store leaves the database open: it belongs to the caller. */
export function createPostgresEventStore(database: Database): EventStore {
  const wakeUp = createWakeUp(database);
  const closing = new AbortController();
  return {
    async append(request) {
      const result = await append(database, request);
      if (!result.duplicate) wakeUp.publish();
      return result;
    },
    readStream: (streamId, options) => readStream(database, streamId, options),
    readAll: (options) => readAll(database, options),
    readEvent: (position) => readEvent(database, position),
    subscribe: ({ signal, ...options }) =>
      follow(
        { readAll: (page) => readAll(database, page), onHint: wakeUp.subscribe },
        { ...options, signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal },
      ),
    highWaterMark: () => highWaterMark(database),
    published: () => wakeUp.published(),
    async close() {
      closing.abort();
      await wakeUp.stop();
    },
  };
}
