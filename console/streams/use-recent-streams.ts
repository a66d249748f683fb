'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#console/trpc-client.tsx';
import type { StreamsFilter } from './use-streams.ts';

export type RecentSort = 'last' | 'growth' | 'version';

/** The streams of the newest events in an order other than by id, narrowed here: there are 2,000 of them at most. */
export function useRecentStreams({ category, q, match }: StreamsFilter, sort: RecentSort | null) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.streams.recent.queryOptions(
      { category: category ?? undefined, sort: sort ?? 'last' },
      { enabled: sort !== null, placeholderData: keepPreviousData },
    ),
  );
  const streams = useMemo(
    () =>
      (query.data?.streams ?? []).filter(
        ({ streamId }) => q === null || (match === 'prefix' ? streamId.startsWith(q) : streamId.includes(q)),
      ),
    [query.data, q, match],
  );
  return { query, streams };
}
