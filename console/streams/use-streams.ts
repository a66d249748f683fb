'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';

const PAGE_STREAMS = 200;
/** Rows of foresight. */
const MARGIN_ROWS = 60;

export type StreamsFilter = { category: string | null; q: string | null; match: 'contains' | 'prefix' };

/** Streams in the order of their ids, of a category, by a part of the id; pages follow as the rows come into view. */
export function useStreams({ category, q, match }: StreamsFilter, enabled: boolean) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [lastRow, setLastRow] = useState(0);
  const query = useInfiniteQuery({
    queryKey: [...trpc.streams.list.queryKey(), 'pages', category, q, match],
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      client.streams.list.query(
        {
          category: category ?? undefined,
          after: pageParam ?? undefined,
          limit: PAGE_STREAMS,
          ...(q !== null && { [match]: q }),
        },
        { signal },
      ),
    getNextPageParam: (page) => page.nextAfter ?? undefined,
    placeholderData: keepPreviousData,
  });
  const streams = useMemo(() => query.data?.pages.flatMap((page) => page.streams) ?? [], [query.data]);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && lastRow + MARGIN_ROWS >= streams.length) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage, lastRow, streams.length]);
  const onRange = useCallback((_first: number, last: number) => setLastRow(last), []);
  return { query, streams, onRange };
}
