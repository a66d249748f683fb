'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { prepareLanes } from '#console/timeline/lanes-model.ts';
import type { TimeWindow } from '#console/timeline/timeline-model.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import type { LaneBy } from '#server/explorer/explorer.ts';
import type { EventsFilterInput } from './events-view.ts';

/** How often a live page asks anew. */
const LIVE_REFRESH_MS = 5000;

type Options = { filter: EventsFilterInput; window: TimeWindow; lanesBy: LaneBy; live: boolean; enabled: boolean };

/** The lanes of a window under the table's filter but for its time. A window that is left before its answer cancels it. */
export function useLanes({ filter, window, lanesBy, live, enabled }: Options) {
  const trpc = useTRPC();
  const { from: _from, to: _to, ...timeless } = filter;
  const query = useQuery(
    trpc.events.timeline.queryOptions(
      {
        ...timeless,
        lanesBy,
        from: new Date(window.from).toISOString(),
        to: new Date(window.to).toISOString(),
      },
      {
        enabled,
        placeholderData: keepPreviousData,
        refetchInterval: live && LIVE_REFRESH_MS,
        trpc: { abortOnUnmount: true },
      },
    ),
  );
  const { data, isPlaceholderData } = query;
  const model = useMemo(
    () => data && prepareLanes(data, lanesBy, window, isPlaceholderData),
    [data, lanesBy, window, isPlaceholderData],
  );
  return { model, query };
}
