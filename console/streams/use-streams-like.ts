'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#console/trpc-client.tsx';

/** A shorter text stands in nearly every id. */
const CHARS_MIN = 2;
/** As many as the server takes. */
const CHARS_MAX = 512;

/** Some streams whose ids have a text in them: the one that it is the whole id of, those that begin with it, the others. */
export function useStreamsLike(text: string | null, limit: number) {
  const trpc = useTRPC();
  const asked = text !== null && text.length >= CHARS_MIN && text.length <= CHARS_MAX;
  const begin = useQuery(trpc.streams.list.queryOptions(asked ? { prefix: text, limit } : skipToken));
  const contain = useQuery(trpc.streams.list.queryOptions(asked ? { contains: text, limit } : skipToken));
  const streams = useMemo(() => {
    const found = [...(begin.data?.streams ?? []), ...(contain.data?.streams ?? [])];
    return [...new Map(found.map((stream) => [stream.streamId as string, stream])).values()].slice(0, limit);
  }, [begin.data, contain.data, limit]);
  return {
    streams,
    /** Both have answered. */
    known: begin.data !== undefined && contain.data !== undefined,
    isFetching: begin.isFetching || contain.isFetching,
    isError: begin.isError || contain.isError,
  };
}
