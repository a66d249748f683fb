'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { prepareHistogram, type TimeWindow } from '#console/timeline/timeline-model.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import type { EventsFilterInput } from './events-view.ts';

/** Bars of the histogram: some 6 px each in the narrowest of three panes. */
const BUCKETS = 140;
/** How often counts are asked for anew while the page is live. */
const LIVE_REFRESH_MS = 5000;

/**
 * What can be filtered by, and how many match. A facet's counts leave its own choice out, so that the other values stay
 * in sight with their numbers.
 */
export function useFacets(filter: EventsFilterInput, live: boolean) {
  const trpc = useTRPC();
  return useQuery(
    trpc.events.facets.queryOptions(filter, {
      placeholderData: keepPreviousData,
      refetchInterval: live && LIVE_REFRESH_MS,
      trpc: { abortOnUnmount: true },
    }),
  );
}

/** First and last event of the whole store; undefined until known, null where it is empty. */
export function useBounds(live: boolean) {
  const trpc = useTRPC();
  const query = useQuery(trpc.events.facets.queryOptions({}, { refetchInterval: live && LIVE_REFRESH_MS }));
  const bounds = query.data?.bounds;
  const window = useMemo<TimeWindow | null | undefined>(
    () => bounds && { from: Date.parse(bounds.from), to: Date.parse(bounds.to) + 1 },
    [bounds],
  );
  return { bounds: window, query };
}

/** The histogram of a window, by category, under the table's filter but for its stretch of time. */
export function useHistogram(filter: EventsFilterInput, window: TimeWindow | null, live: boolean) {
  const trpc = useTRPC();
  const { from: _from, to: _to, ...timeless } = filter;
  const query = useQuery(
    trpc.events.density.queryOptions(
      {
        ...timeless,
        buckets: BUCKETS,
        by: 'category',
        ...(window && { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() }),
      },
      {
        enabled: window !== null,
        placeholderData: keepPreviousData,
        refetchInterval: live && LIVE_REFRESH_MS,
        trpc: { abortOnUnmount: true },
      },
    ),
  );
  const histogram = useMemo(() => query.data && prepareHistogram(query.data), [query.data]);
  return { histogram, query };
}
