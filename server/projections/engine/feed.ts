import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';

const PAGE_EVENTS = 2000;

/** Held ahead of the writer: the next batch is read and decoded while this one is written. */
const BUFFERED_EVENTS_MAX = 12_000;

export type Batch = { events: RecordedEvent[]; upTo: Position };

export type Feed = {
  /**
   * What was read by now, at most `eventsMax` events and nothing past `limit`, or what comes next; undefined once
   * stopped, or where nothing came in `waitMs`.
   */
  take(options: { eventsMax: number; limit: Position | null; waitMs: number }): Promise<Batch | undefined>;
  stop(): Promise<void>;
};

/** Reads ahead of a projection from a position on. A slow writer holds the reader back after some pages. */
export function createFeed(
  eventStore: EventStore,
  options: { after: Position; categories: readonly string[] | undefined; signal: AbortSignal },
): Feed {
  const pages: Batch[] = [];
  let buffered = 0;
  let at = options.after;
  let onArrival = () => {};
  let onRoom = () => {};
  const ended = () => options.signal.aborted || stopped;
  let stopped = false;
  const subscription = eventStore.subscribe({
    after: options.after,
    limit: PAGE_EVENTS,
    ...(options.categories && { categories: options.categories }),
    signal: options.signal,
    async onEvents(events, upTo) {
      pages.push({ events, upTo });
      buffered += events.length;
      onArrival();
      while (buffered > BUFFERED_EVENTS_MAX && !ended()) {
        await new Promise<void>((resolve) => {
          onRoom = resolve;
        });
      }
    },
  });
  subscription.done.catch(() => {}).finally(() => onArrival());
  const onAbort = () => {
    onArrival();
    onRoom();
  };
  options.signal.addEventListener('abort', onAbort, { once: true });

  return {
    async take({ eventsMax, limit, waitMs }) {
      const atLimit = limit !== null && comparePositions(limit, at) <= 0;
      if ((pages.length === 0 || atLimit) && !ended()) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          onArrival = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        onArrival = () => {};
      }
      if (ended() || atLimit) return undefined;
      const batch = takeFrom(pages, eventsMax, limit);
      if (batch === undefined) return undefined;
      buffered -= batch.events.length;
      at = batch.upTo;
      onRoom();
      return batch;
    },
    async stop() {
      stopped = true;
      options.signal.removeEventListener('abort', onAbort);
      onArrival();
      onRoom();
      await subscription.stop();
    },
  };
}

/** Whole pages while they fit, else a part of the first. */
function takeFrom(pages: Batch[], eventsMax: number, limit: Position | null): Batch | undefined {
  const taken: RecordedEvent[][] = [];
  let count = 0;
  let upTo: Position | undefined;
  for (let page = pages[0]; page !== undefined; page = pages[0]) {
    const part = firstPart(page, eventsMax - count, limit);
    const whole = part.upTo === page.upTo;
    if (!whole && taken.length > 0) break;
    if (whole) pages.shift();
    else pages[0] = { events: page.events.slice(part.events.length), upTo: page.upTo };
    taken.push(part.events);
    count += part.events.length;
    upTo = part.upTo;
    if (!whole || count >= eventsMax) break;
  }
  return upTo === undefined ? undefined : { events: taken.flat(), upTo };
}

function firstPart({ events, upTo }: Batch, eventsMax: number, limit: Position | null): Batch {
  const within =
    limit === null || comparePositions(upTo, limit) <= 0
      ? events
      : events.filter((event) => comparePositions(event.globalPosition, limit) <= 0);
  const last = within[eventsMax - 1];
  if (within.length > eventsMax && last !== undefined)
    return { events: within.slice(0, eventsMax), upTo: last.globalPosition };
  return { events: within, upTo: within === events || limit === null ? upTo : limit };
}
