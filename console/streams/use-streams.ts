'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';

const PAGE_STREAMS = 200;
/** Rows of foresight. */
const MARGIN_ROWS = 60;

export type StreamsFilter = { category: string | null; q: string | null; match: 'contains' | 'prefix' };

/** A selected stream further down is not looked for after a reload: its name stands in the address all the same. */
const SOUGHT_ROWS_MAX = 4000;

/**
 * Streams in the order of their ids, of a category, by a part of the id; pages follow as the rows come into view, and
 * until the selected one is there.
 */
export function useStreams({ category, q, match }: StreamsFilter, enabled: boolean, selected: string | null) {
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
  const sought =
    selected !== null &&
    streams.length < SOUGHT_ROWS_MAX &&
    (category === null || selected.startsWith(`${category}-`)) &&
    !streams.some(({ streamId }) => streamId === selected);
  const wanted = sought || lastRow + MARGIN_ROWS >= streams.length;
  useEffect(() => {
    if (wanted && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [wanted, hasNextPage, isFetching, isError, fetchNextPage]);
  const onRange = useCallback((_first: number, last: number) => setLastRow(last), []);
  return { query, streams, onRange };
}
