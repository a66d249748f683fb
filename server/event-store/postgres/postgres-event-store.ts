import type { Database } from '#db/database.ts';
import type { AppendResult, EventStore } from '#server/event-store/event-store.ts';
import { foldStream } from '#server/event-store/fold-stream.ts';
import { follow } from '#server/event-store/follow.ts';
import { type PreparedAppend, prepareAppend } from '#server/event-store/prepare-events.ts';
import { createUpcasting, type Upcasting } from '#server/event-store/upcasting.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { append } from './append.ts';
import { createAppendCoalescer } from './append-coalescer.ts';
import { appendGroup } from './append-group.ts';
import { highWaterMark } from './high-water-mark.ts';
import { createLongFolds } from './long-folds.ts';
import { createAllReader, readEvent } from './read-all.ts';
import { readStream } from './read-stream.ts';
import { createSnapshotWriter, readTail } from './snapshots.ts';
import { createWakeUp } from './wake-up.ts';

/** An append of so many events fills a statement of its own, and would only make a group's others wait. */
const STRAIGHT_EVENTS_MIN = 32;

/**
 * The event store on a migrated database; without `upcasting` every event is given as it was written. Closing the store
 * leaves the database open: it belongs to the caller.
 */
export function createPostgresEventStore(database: Database, upcasting: Upcasting = createUpcasting()): EventStore {
  const reader = { database, upcast: upcasting.upcast };
  const readAll = createAllReader(reader);
  const wakeUp = createWakeUp(database);
  const closing = new AbortController();
  const snapshots = createSnapshotWriter(database);
  const longFolds = createLongFolds(snapshots.written);
  const coalescer = createAppendCoalescer<PreparedAppend, AppendResult>({
    appendOne,
    async appendGroup(requests, deadlineMs) {
      const answers = await appendGroup(database, requests, { deadlineMs });
      if (answers.some((answer) => answer !== undefined)) wakeUp.publish();
      return answers;
    },
  });

  async function appendOne(request: PreparedAppend, deadlineMs?: number): Promise<AppendResult> {
    const result = await append(database, request, deadlineMs === undefined ? undefined : { deadlineMs });
    if (!result.duplicate) wakeUp.publish();
    return result;
  }

  return {
    async append(request) {
      const prepared = prepareAppend(request, upcasting);
      if (prepared.events.length >= STRAIGHT_EVENTS_MIN) return appendOne(prepared);
      return coalescer.append(prepared);
    },
    readStream: (streamId, options) => readStream(reader, streamId, options),
    foldStream: (streamId, folder, options) =>
      foldStream(
        {
          readTail: (...query) => readTail(reader, ...query),
          readPage: (id, after, limit) => readStream(reader, id, { after, limit }),
          keep: snapshots.keep,
          longFolds,
        },
        streamId,
        upcasting.named(folder, categoryOf(streamId)),
        options,
      ),
    readAll,
    readEvent: (position) => readEvent(reader, position),
    upcast: upcasting.upcast,
    subscribe: ({ signal, ...options }) =>
      follow(
        { readAll, onHint: wakeUp.subscribe },
        { ...options, signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal },
      ),
    highWaterMark: () => highWaterMark(database),
    published: () => wakeUp.published(),
    async close() {
      closing.abort();
      await Promise.all([wakeUp.stop(), snapshots.settled()]);
    },
  };
}
