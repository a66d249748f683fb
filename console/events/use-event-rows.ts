'use client';

import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import type { EventsPage } from '#server/explorer/explorer.ts';
import type { Position } from '#server/kernel/position.ts';
import type { EventsFilterInput } from './events-view.ts';
import {
  firstPageKey,
  nextPageKey,
  PAGE_ROWS,
  PAGES_MAX,
  type PageKey,
  previousPageKey,
  rowWindow,
} from './keyset-window.ts';
import { LISTED_BYTES_MAX } from './payload-bytes.ts';

/**
 * The table's rows, newest first, from before a position: a window of pages that moves with the scrolling. Pages below
 * the mark never change, so none is ever fetched to be refreshed.
 */
export function useEventRows(filter: EventsFilterInput, before: Position) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const query = useInfiniteQuery<EventsPage, Error, InfiniteData<EventsPage, PageKey>, readonly unknown[], PageKey>({
    queryKey: [...trpc.events.list.queryKey(), 'window', filter, before],
    initialPageParam: firstPageKey(before),
    queryFn: ({ pageParam, signal }) =>
      client.events.list.query(
        {
          ...filter,
          after: pageParam.before,
          limit: PAGE_ROWS,
          direction: 'backward',
          payloadBytesMax: LISTED_BYTES_MAX,
        },
        { signal },
      ),
    getNextPageParam: (answer, _pages, key) => nextPageKey(key, answer),
    getPreviousPageParam: (_answer, _pages, key) => previousPageKey(key),
    maxPages: PAGES_MAX,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  const window = useMemo(() => rowWindow(query.data?.pages ?? [], query.data?.pageParams ?? []), [query.data]);
  const { fetchNextPage, fetchPreviousPage, isError } = query;
  const fetchMore = useCallback(
    (end: 'previous' | 'next') => {
      if (!isError) void (end === 'next' ? fetchNextPage() : fetchPreviousPage());
    },
    [fetchNextPage, fetchPreviousPage, isError],
  );
  return { window, query, fetchMore };
}
