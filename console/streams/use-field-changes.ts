'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';

/** Stepping within so many versions asks nothing anew. */
const STRETCH_VERSIONS = 1000;
/** Stretches without a change that are passed by themselves. */
const STRETCHES_MAX = 40;

/** The versions at which a field changed, up to the end of the stretch in which `version` stands, newest first. */
export function useFieldChanges(streamId: string, path: string, version: number, lastVersion: number) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const upTo = Math.min(lastVersion, Math.ceil(version / STRETCH_VERSIONS) * STRETCH_VERSIONS);
  const query = useInfiniteQuery({
    queryKey: [...trpc.streams.fieldChanges.queryKey(), streamId, path, upTo],
    initialPageParam: upTo,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ pageParam, signal }) =>
      client.streams.fieldChanges.query({ streamId, path, upTo: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextUpTo ?? undefined,
  });
  const changes = useMemo(() => query.data?.pages.flatMap((page) => page.changes) ?? [], [query.data]);
  const cause = changes.find((change) => change.streamVersion <= version);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const pages = query.data?.pages.length ?? 0;
  useEffect(() => {
    if (cause === undefined && hasNextPage && !isFetching && !isError && pages < STRETCHES_MAX) void fetchNextPage();
  }, [cause, hasNextPage, isFetching, isError, pages, fetchNextPage]);
  return {
    query,
    changes,
    /** The change that made what the field says at `version`. */
    cause,
    scannedFrom: query.data?.pages.at(-1)?.scannedFrom ?? upTo,
    upTo,
    unfoldable: query.data?.pages[0]?.unfoldable ?? null,
  };
}
