import { browserTabSharing } from '#console/live/shared-feed.ts';
import { createSharedTail } from '#console/live/shared-tail.ts';
import type { OpenTail, TailFilter } from '#console/live/tail-leader.ts';
import type { useTRPCClient } from '#console/trpc-client.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { EventsFilterInput } from './events-view.ts';
import type { TailSource } from './live-tail-controller.ts';
import { isAfter } from './position-order.ts';

type Client = ReturnType<typeof useTRPCClient>;

const PAGE_EVENTS = 500;

/**
 * The live stream of the server, shared by this browser's tabs, as the source of a tail. Categories, types and payloads are
 * filtered there; the client of tRPC connects again by itself and hands the id of the last page back.
 */
export function trpcTailSource(client: Client, filter: EventsFilterInput): TailSource {
  const { category, eventType, q, where } = filter;
  const wanted: TailFilter = {
    ...(category && { category }),
    ...(eventType && { eventType }),
    ...(q && { q }),
    ...(where && { where }),
  };
  const follow = createSharedTail({
    open: openTail(client),
    fetchBetween: (part, range) => eventsBetween(client, part, range),
    sharing: browserTabSharing('tidemark-tail'),
    tab: crypto.randomUUID(),
    isAfter,
  });
  return (after, handlers) => follow(wanted, after, handlers);
}

function openTail(client: Client): OpenTail {
  return (request, handlers) => {
    let connected = false;
    return client.live.shared.subscribe(request, {
      onData({ data: { refused, ...page } }) {
        if (refused.length > 0) handlers.onRefusedFilters(refused);
        handlers.onPage(page);
      },
      onConnectionStateChange({ state }) {
        if (state === 'pending' && !connected) {
          connected = true;
          handlers.onConnected();
        } else if (state === 'connecting' && connected) {
          connected = false;
          handlers.onDisconnected();
        }
      },
      onComplete: handlers.onClosed,
      onError: (error) => handlers.onRefused(error.message),
    });
  };
}

async function* eventsBetween(
  client: Client,
  filter: TailFilter,
  { after, upTo }: { after: Position; upTo: Position },
): AsyncGenerator<RecordedEvent[]> {
  let next: Position | null = after;
  while (next !== null && isAfter(upTo, next)) {
    const page: { events: RecordedEvent[]; nextAfter: Position | null } = await client.events.list.query({
      ...filter,
      after: next,
      lastPosition: upTo,
      limit: PAGE_EVENTS,
      direction: 'forward',
    });
    if (page.events.length > 0) yield page.events;
    next = page.nextAfter;
  }
}
