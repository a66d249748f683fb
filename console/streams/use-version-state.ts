'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { neighbours } from '#console/state-inspector/version-slider-model.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import type { JsonObject } from '#server/kernel/json.ts';

/** States made ready round the one that is shown, and ahead of one that plays. */
const REACH = 4;
const REACH_PLAYING = 20;

const EMPTY_STATE: JsonObject = {};

/** The state at a version. It never changes, so it is folded once; version 0 is before the first event. */
export function useVersionState(streamId: string, version: number) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.streams.state.queryOptions(
      { streamId, version },
      { enabled: version >= 1, staleTime: Number.POSITIVE_INFINITY, placeholderData: (previous) => previous },
    ),
  );
  const settled = version === 0 || (query.data !== undefined && !query.isPlaceholderData);
  return { query, state: version === 0 ? EMPTY_STATE : query.data?.state, settled };
}

/** Has the neighbours folded before anybody steps to them, more of them in the direction of travel. */
export function usePrefetchedNeighbours(streamId: string, version: number, lastVersion: number, playing: boolean) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const before = useRef(version);
  useEffect(() => {
    const direction = version > before.current ? 1 : version < before.current ? -1 : 0;
    before.current = version;
    for (const wanted of neighbours(version, lastVersion, direction, playing ? REACH_PLAYING : REACH)) {
      void queries.prefetchQuery(
        trpc.streams.state.queryOptions(
          { streamId, version: wanted },
          { staleTime: Number.POSITIVE_INFINITY, retry: false },
        ),
      );
    }
  }, [streamId, version, lastVersion, playing, queries, trpc]);
}
