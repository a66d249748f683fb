'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LiveWord } from '#console/frame/live-word.tsx';
import { Screen } from '#console/frame/screen.tsx';
import { useKeys } from '#console/keys/keys.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { Anchor } from './anchor.ts';
import { EventsExplorer } from './events-explorer.tsx';
import { useEventsView } from './use-events-view.ts';

/** The Events page. It takes the high-water mark first, so that table and live tail meet there without a seam. */
export function EventsScreen() {
  const trpc = useTRPC();
  const [moved, setMoved] = useState<Anchor | null>(null);
  const mark = useQuery(trpc.events.mark.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }));
  const anchor = moved ?? (mark.data && { mark: mark.data.position, now: Date.parse(mark.data.at) });

  if (anchor !== undefined) return <EventsExplorer anchor={anchor} onAnchor={setMoved} />;
  return <EventsAwaited failure={mark.isError ? { error: mark.error, onRetry: () => void mark.refetch() } : null} />;
}

/** Until the mark is known. Who presses the key of the live tail is told that it begins then. */
function EventsAwaited({ failure }: { failure: { error: unknown; onRetry(): void } | null }) {
  const [view, setView] = useEventsView();
  useKeys([{ keys: 'l', label: 'Follow new events', group: 'Events', run: () => setView({ live: !view.live }) }]);
  return (
    <Screen title="Events" live={view.live ? <LiveWord kind="working" word="Starting" /> : undefined}>
      {failure !== null ? (
        <QueryError title="The events could not be read" {...failure} />
      ) : (
        <SkeletonLines rows={16} label="events" />
      )}
    </Screen>
  );
}
