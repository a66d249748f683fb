import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { applyBatch, type BatchParts } from './apply-batch.ts';
import { dueStreams, openPositions, wakeStreams } from './parked.ts';

/** Of one turn, so that what is retried delays the other streams by some tens of milliseconds at most. */
const STREAMS_MAX = 50;
const EVENTS_MAX = 500;
const READS_AT_ONCE = 4;

/**
 * Tries parked events again whose time has come, each stream in its order. The checkpoint does not move; what is handled
 * is taken out in the transaction that writes its rows. Resolves with the number of streams tried.
 */
export async function retryDue(parts: BatchParts, eventStore: EventStore, checkpoint: Position): Promise<number> {
  const { database, held } = parts;
  const streams = await dueStreams(database.query, held, STREAMS_MAX);
  if (streams.length === 0) return 0;
  const positions = await openPositions(database.query, held, { streams, limit: EVENTS_MAX });
  const events = await readEvents(eventStore, positions);
  await applyBatch(parts, { from: checkpoint, to: checkpoint, events, minded: true, retry: true });
  await wakeStreams(database.query, held, streams);
  return streams.length;
}

async function readEvents(eventStore: EventStore, positions: readonly Position[]): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let first = 0; first < positions.length; first += READS_AT_ONCE) {
    const some = positions.slice(first, first + READS_AT_ONCE).map((position) => eventStore.readEvent(position));
    for (const event of await Promise.all(some)) if (event !== undefined) events.push(event);
  }
  return events;
}
