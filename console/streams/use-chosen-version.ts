'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';
import { type StreamView, versionInRange } from './use-stream-view.ts';

/** The version that the URL means: its number, the last one by a time, or the latest. */
export function useChosenVersion(streamId: string, lastVersion: number, view: StreamView) {
  const trpc = useTRPC();
  const byTime = useQuery(
    trpc.streams.state.queryOptions(
      { streamId, at: view.at ?? undefined },
      { enabled: view.at !== null && view.v === null, retry: false },
    ),
  );
  const wanted = view.v ?? (view.at === null ? lastVersion : byTime.data?.streamVersion);
  return {
    /** Undefined while the time is looked up, and where the stream had no event by then. */
    version: wanted === undefined ? undefined : versionInRange(wanted, lastVersion),
    timeError: view.v === null && view.at !== null ? byTime.error : null,
  };
}
