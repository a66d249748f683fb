import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Services } from './services.ts';

export type LiveEventsOptions = {
  after: Position | undefined;
  categories: readonly string[] | undefined;
  eventTypes: readonly string[] | undefined;
  signal: AbortSignal | undefined;
};

/** Events in order, and the position up to which there is no other. */
export type LivePage = { events: RecordedEvent[]; upTo: Position };

/**
 * A subscription as an async iterable of pages, for both faces of server-sent events. Without `after` it begins at the
 * high-water mark. A page is handed over before the store reads the next, so a slow reader holds back only itself. A page
 * without events tells how far the filter has been looked for.
 */
export async function* livePages(services: Services, options: LiveEventsOptions): AsyncGenerator<LivePage> {
  const signal = AbortSignal.any([services.shutdown, ...(options.signal ? [options.signal] : [])]);
  const after = options.after ?? (await services.eventStore.highWaterMark()).position;
  const handover = createHandover<LivePage>(signal);
  const { signal: _, ...filter } = options;
  const onEvents = (events: RecordedEvent[], upTo: Position) => handover.put({ events, upTo });
  const subscription = services.eventStore.subscribe({ ...filter, after, signal, onEvents });
  subscription.done.catch(() => handover.end());
  try {
    yield* handover.items();
  } finally {
    handover.end();
    await subscription.stop();
  }
}

/** The same without the pages that have no event. */
export async function* liveEvents(services: Services, options: LiveEventsOptions): AsyncGenerator<RecordedEvent[]> {
  for await (const { events } of livePages(services, options)) if (events.length > 0) yield events;
}

/** One slot between a producer that waits and a consumer that iterates. */
function createHandover<Item>(signal: AbortSignal) {
  let slot: Item | undefined;
  let ended = signal.aborted;
  let wakeConsumer = () => {};
  let wakeProducer = () => {};
  const end = () => {
    ended = true;
    wakeConsumer();
    wakeProducer();
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    end,
    async put(item: Item): Promise<void> {
      if (ended) return;
      slot = item;
      wakeConsumer();
      await new Promise<void>((resolve) => {
        wakeProducer = resolve;
      });
    },
    async *items(): AsyncGenerator<Item> {
      while (!ended) {
        if (slot === undefined) {
          await new Promise<void>((resolve) => {
            wakeConsumer = resolve;
          });
          continue;
        }
        const item = slot;
        slot = undefined;
        yield item;
        wakeProducer();
      }
      signal.removeEventListener('abort', end);
    },
  };
}
