'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';

/** While one is being made; the server writes a page of 1,000 events at a time, some ten a second. */
const PROGRESS_MS = 500;

/** The caller's exports, which the server makes and keeps for a day: progress, beginning one, taking one away. */
export function useKeptExports() {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const query = useQuery(
    trpc.exports.list.queryOptions(undefined, {
      staleTime: 30_000,
      refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'running') ? PROGRESS_MS : false),
    }),
  );
  const onSettled = () => cache.invalidateQueries({ queryKey: trpc.exports.list.queryKey() });
  const start = useMutation(trpc.exports.start.mutationOptions({ onSettled }));
  const remove = useMutation(trpc.exports.remove.mutationOptions({ onSettled }));
  return { kept: query.data ?? [], query, start, remove };
}
