import type { useTRPCClient } from '#console/trpc-client.tsx';
import type { EventsFilterInput } from './events-view.ts';
import type { TailSource } from './live-tail-controller.ts';

type Client = ReturnType<typeof useTRPCClient>;

/**
 * The live stream of the server as a source of a tail. Categories and types are filtered there; the client of tRPC
 * connects again by itself and hands the id of the last page back, so nothing is missed between.
 */
export function trpcTailSource(client: Client, filter: EventsFilterInput): TailSource {
  return (after, handlers) => {
    let connected = false;
    return client.live.events.subscribe(
      { after, category: filter.category, eventType: filter.eventType, q: filter.q, where: filter.where },
      {
        onData: ({ data }) => handlers.onEvents(data.events),
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
      },
    );
  };
}
