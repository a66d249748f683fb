'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { LISTED_BYTES_MAX } from '#console/events/payload-bytes.ts';
import { barEnds, drawsGlyphs, GLYPHS_MAX } from '#console/state-inspector/version-slider-model.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** Versions have no holes, so any stretch of a stream is a page of its own, without reading those before it. */
const PAGE_VERSIONS = 100;
/** How often a stream is asked for its newest version. */
const HEAD_REFRESH_MS = 3000;

/** The newest and the first event of a stream: how long it is, and over which time. */
export function useStreamEnds(streamId: string) {
  const trpc = useTRPC();
  const last = useQuery(
    trpc.streams.events.queryOptions(
      { streamId, limit: 1, direction: 'backward', payloadBytesMax: LISTED_BYTES_MAX },
      { refetchInterval: HEAD_REFRESH_MS },
    ),
  );
  const first = useQuery(
    trpc.streams.events.queryOptions(
      { streamId, limit: 1, payloadBytesMax: LISTED_BYTES_MAX },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return { query: last, last: last.data?.events[0], first: first.data?.events[0] };
}

/** The events of the pages that the range of versions touches; each page is read once and never again. */
export function useStreamEvents(streamId: string, lastVersion: number, from: number, to: number) {
  const trpc = useTRPC();
  const firstPage = Math.floor((Math.max(1, from) - 1) / PAGE_VERSIONS);
  const lastPage = Math.floor((Math.min(Math.max(to, from, 1), Math.max(1, lastVersion)) - 1) / PAGE_VERSIONS);
  const pages = Array.from({ length: Math.max(0, lastPage - firstPage + 1) }, (_, index) => firstPage + index);
  return useQueries({
    queries: pages.map((page) => {
      const after = page * PAGE_VERSIONS;
      // A page that can still grow is asked for by its present length, and so anew when it has grown.
      const limit = Math.min(PAGE_VERSIONS, Math.max(1, lastVersion - after));
      return trpc.streams.events.queryOptions(
        { streamId, after, limit, payloadBytesMax: LISTED_BYTES_MAX },
        { staleTime: Number.POSITIVE_INFINITY, enabled: lastVersion > 0 },
      );
    }),
    combine: (results) => ({
      events: results.flatMap((result) => result.data?.events ?? []),
      error: results.find((result) => result.isError)?.error ?? null,
      refetch: () => {
        for (const result of results) if (result.isError) void result.refetch();
      },
    }),
  });
}

/** The events that a slider of this width draws: all while each has a glyph, else those at the ends of its bars. */
export function useSliderEvents(streamId: string, lastVersion: number, width: number): readonly RecordedEvent[] {
  const trpc = useTRPC();
  const glyphs = drawsGlyphs(lastVersion, width);
  const all = useStreamEvents(streamId, glyphs ? lastVersion : 0, 1, glyphs ? GLYPHS_MAX : 1);
  const ends = useMemo(() => (glyphs || width === 0 ? [] : barEnds(lastVersion)), [glyphs, lastVersion, width]);
  const probes = useQueries({
    queries: ends.map((version) =>
      trpc.streams.events.queryOptions(
        { streamId, after: version - 1, limit: 1, payloadBytesMax: LISTED_BYTES_MAX },
        { staleTime: Number.POSITIVE_INFINITY },
      ),
    ),
    combine: (results) => results.flatMap((result) => result.data?.events ?? []),
  });
  return glyphs ? all.events : probes;
}
