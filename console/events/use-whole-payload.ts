'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#console/trpc-client.tsx';
import type { EventDetail } from '#server/kernel/event.ts';
import { SHOWN_BYTES_MAX } from './payload-bytes.ts';

/** An event of a list with its payload: at once up to 64 kB, and all of it when somebody asks. */
export function useWholePayload(listed: EventDetail) {
  const trpc = useTRPC();
  const { globalPosition, dataBytes } = listed;
  const [asked, setAsked] = useState<string | null>(null);
  const all = asked === globalPosition;
  const query = useQuery(
    trpc.events.get.queryOptions(
      { globalPosition, ...(!all && { payloadBytesMax: SHOWN_BYTES_MAX }) },
      {
        staleTime: Number.POSITIVE_INFINITY,
        enabled: dataBytes !== undefined && (all || dataBytes <= SHOWN_BYTES_MAX),
      },
    ),
  );
  const event: EventDetail = dataBytes === undefined ? listed : (query.data ?? listed);
  const loadAll = {
    error: query.isError ? query.error : null,
    isLoading: query.isFetching,
    onLoad: () => (all ? void query.refetch() : setAsked(globalPosition)),
  };
  return { event, loadAll };
}
