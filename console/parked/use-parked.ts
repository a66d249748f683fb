'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';

const REFRESH_MS = 2000;
const REFRESH_FAST_MS = 500;

/** The groups of a projection, or of all of them; asked for more often while something is being retried. */
export function useParkedGroups(projection: string | null, busy: boolean) {
  const trpc = useTRPC();
  return useQuery(
    trpc.parked.groups.queryOptions(projection === null ? {} : { projection }, {
      refetchInterval: busy ? REFRESH_FAST_MS : REFRESH_MS,
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}

/** The events of a group, oldest first. */
export function useParkedEvents(group: { projection: string; fingerprint: string }) {
  const trpc = useTRPC();
  const { projection, fingerprint } = group;
  return useQuery(
    trpc.parked.list.queryOptions(
      { projection, fingerprint, state: 'failed', limit: 100 },
      { refetchInterval: REFRESH_MS, staleTime: 0, placeholderData: keepPreviousData },
    ),
  );
}
