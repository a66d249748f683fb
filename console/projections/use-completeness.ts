'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { joinAnswers } from './completeness-model.ts';

/** The account of a projection; its rows are walked through by one call after another, a second each. */
export function useCompleteness(name: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: [...trpc.projections.completeness.queryKey({ name }), 'walk'],
    queryFn: ({ pageParam, signal }) =>
      client.projections.completeness.query({ name, ...(pageParam !== null && { rowsAfter: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.rows.nextAfter,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return { ...query, account: joinAnswers(query.data?.pages ?? []) };
}
