'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Screen } from '#console/frame/screen.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { Anchor } from './anchor.ts';
import { EventsExplorer } from './events-explorer.tsx';

/** The Events page. It takes the high-water mark first, so that table and live tail meet there without a seam. */
export function EventsScreen() {
  const trpc = useTRPC();
  const [moved, setMoved] = useState<Anchor | null>(null);
  const mark = useQuery(trpc.events.mark.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }));
  const anchor = moved ?? (mark.data && { mark: mark.data.position, now: Date.parse(mark.data.at) });

  if (anchor !== undefined) return <EventsExplorer anchor={anchor} onAnchor={setMoved} />;
  return (
    <Screen title="Events">
      {mark.isError ? (
        <QueryError title="The events could not be read" error={mark.error} onRetry={() => void mark.refetch()} />
      ) : (
        <SkeletonLines rows={16} label="events" />
      )}
    </Screen>
  );
}
