'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTRPC } from '#console/trpc-client.tsx';

const COMPARING_MS = 500;
const SPLIT_MS = 5000;
const QUIET_MS = 15_000;

/** The experiment with its progress and report: asked twice a second while it compares, else now and then. */
export function useExperiment(id: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.compare.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data } }) => {
          if (data?.experiment.status === 'running') return COMPARING_MS;
          return (data?.experiment.splitPercent ?? 0) > 0 ? SPLIT_MS : QUIET_MS;
        },
      },
    ),
  );
}

/** What can be done to an experiment. What changed is asked for again. */
export function useExperimentActs() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSuccess = useCallback(
    () => queries.invalidateQueries({ queryKey: trpc.compare.pathKey() }),
    [queries, trpc.compare],
  );
  return {
    start: useMutation(trpc.compare.start.mutationOptions({ onSuccess })),
    cancel: useMutation(trpc.compare.cancel.mutationOptions({ onSuccess })),
    setRules: useMutation(trpc.compare.setRules.mutationOptions({ onSuccess })),
    split: useMutation(trpc.compare.split.mutationOptions({ onSuccess })),
    promote: useMutation(trpc.compare.promote.mutationOptions({ onSuccess })),
    rollback: useMutation(trpc.compare.rollback.mutationOptions({ onSuccess })),
    abandon: useMutation(trpc.compare.abandon.mutationOptions({ onSuccess })),
  };
}

export type ExperimentActs = ReturnType<typeof useExperimentActs>;
