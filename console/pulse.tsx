'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Pulse } from '#server/pulse/pulse.ts';
import { browserTabSharing, createSharedFeed, type FeedState } from './live/shared-feed.ts';
import { useTRPCClient } from './trpc-client.tsx';

type Feed = ReturnType<typeof createSharedFeed<Pulse>>;
type Client = ReturnType<typeof useTRPCClient>;

const Context = createContext<Feed | null>(null);
const STALE_MS = 5000;

/** What a screen gets of the pulse. */
export type PulseView = {
  /** Null until the first one came. The last one stays while the connection is away. */
  pulse: Pulse | null;
  state: FeedState;
  /** Milliseconds since 1970 the figures are of, where that is more than 5 s ago; else null. */
  asOf: number | null;
};

/** Holds the one subscription to the pulse that this browser's tabs share. */
export function PulseProvider({ children }: { children: ReactNode }) {
  const client = useTRPCClient();
  const [feed] = useState(() => createPulseFeed(client));
  return <Context.Provider value={feed}>{children}</Context.Provider>;
}

/** The newest pulse, once a second, and how the connection stands. */
export function usePulse(): PulseView {
  const feed = useContext(Context);
  if (feed === null) throw new Error('usePulse needs a PulseProvider above it');
  const { value, state, receivedAt } = useSyncExternalStore(feed.subscribe, feed.current, feed.current);
  const stale = useStale(receivedAt);
  return { pulse: value, state, asOf: stale ? receivedAt : null };
}

function useStale(receivedAt: number): boolean {
  const [staleAt, setStaleAt] = useState(0);
  useEffect(() => {
    if (receivedAt === 0) return;
    const timer = setTimeout(() => setStaleAt(receivedAt), STALE_MS);
    return () => clearTimeout(timer);
  }, [receivedAt]);
  return receivedAt !== 0 && staleAt === receivedAt;
}

function createPulseFeed(client: Client): Feed {
  return createSharedFeed<Pulse>(
    'tidemark-pulse',
    ({ onValue, onState, onLost }) => {
      const subscription = client.live.pulse.subscribe(undefined, {
        onData: onValue,
        onConnectionStateChange: ({ state }) => {
          if (state === 'connecting') onState('connecting');
        },
        onError: onLost,
        onStopped: onLost,
      });
      return { close: () => subscription.unsubscribe() };
    },
    browserTabSharing('tidemark-pulse'),
  );
}
