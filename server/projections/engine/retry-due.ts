import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { pause } from '#server/kernel/pause.ts';
import { type Position, START } from '#server/kernel/position.ts';
import { applyBatch, type BatchParts } from './apply-batch.ts';
import { dueStreams, openPositions, wakeStreams } from './parked.ts';

/** Of one turn: what a killed worker has to do again, and what a skip waits for. */
const STREAMS_MAX = 50;
const EVENTS_MAX = 500;
const READS_AT_ONCE = 4;

const LOOK_MS = 250;

/** A turn is followed by a rest as long as itself, at least this: half of a worker's time at most goes into what fails. */
const REST_MS_MIN = 20;

export type Retries = { wake(): void; stop(): Promise<void> };

/**
 * Tries parked events again beside the batches, in transactions of its own, so that streams which are well don't wait
 * for them. A batch and a turn meet only in streams that wait: the rows of what is set aside are locked by either.
 * `parts` gives null where there is nothing to try.
 */
export function startRetries(eventStore: EventStore, parts: () => BatchParts | null): Retries {
  const stopping = new AbortController();
  let waking = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      const startedAt = performance.now();
      const given = parts();
      // What fails for another reason than its events comes again; that a lease is lost the batches find out.
      const tried = given === null ? 0 : await retryDue(given, eventStore).catch(() => 0);
      const restMs = tried > 0 ? Math.max(REST_MS_MIN, performance.now() - startedAt) : LOOK_MS;
      await pause(restMs, AbortSignal.any([stopping.signal, waking.signal]));
    }
  }

  const running = run();
  return {
    wake: () => waking.abort(),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * Tries parked events again whose time has come, each stream in its order. The checkpoint does not move; what is handled
 * is taken out in the transaction that writes its rows. Resolves with the number of streams tried.
 */
async function retryDue(parts: BatchParts, eventStore: EventStore): Promise<number> {
  const { database, held } = parts;
  const streams = await dueStreams(database.query, held, STREAMS_MAX);
  if (streams.length === 0) return 0;
  const positions = await openPositions(database.query, held, { streams, limit: EVENTS_MAX });
  const events = await readEvents(eventStore, positions);
  await applyBatch(parts, { from: START, to: START, events, minded: true, retry: true });
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
