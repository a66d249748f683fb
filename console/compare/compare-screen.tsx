'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { Screen } from '#console/frame/screen.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { CandidatesCard } from './candidates-card.tsx';
import { ExperimentsTable } from './experiments-table.tsx';
import { NewExperimentSheet } from './new-experiment-sheet.tsx';

const LIST_MS = 3000;

/** Every comparison of two versions, newest first, and how to begin one. */
export function CompareScreen() {
  const trpc = useTRPC();
  const [open, setOpen] = useQueryState('new', parseAsBoolean.withDefault(false).withOptions({ history: 'push' }));
  const list = useQuery(trpc.compare.list.queryOptions({ limit: 100 }, { refetchInterval: LIST_MS }));
  const candidates = useQuery(trpc.compare.candidates.queryOptions());
  const experiments = list.data?.experiments ?? [];
  return (
    <Screen title="Compare">
      <div className="flex flex-col gap-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="max-w-prose text-ink-2">
            A projection or a decider and the version that shall replace it: what each produces, how each performs, and
            whether readers may be switched.
          </p>
          <Button
            variant="primary"
            size="md"
            disabled={candidates.data === undefined}
            onClick={() => void setOpen(true)}
          >
            <Plus strokeWidth={1.75} aria-hidden />
            New experiment…
          </Button>
        </div>
        {list.isError ? (
          <QueryError
            title="The experiments could not be read"
            error={list.error}
            onRetry={() => void list.refetch()}
            dataAt={list.dataUpdatedAt}
          />
        ) : null}
        {list.isPending ? <SkeletonLines rows={6} rowHeight={36} label="experiments" /> : null}
        {list.data === undefined ? null : <ExperimentsTable experiments={experiments} />}
        {candidates.isError ? (
          <QueryError
            title="What can be compared could not be read"
            error={candidates.error}
            onRetry={() => void candidates.refetch()}
          />
        ) : null}
        {candidates.data === undefined ? null : <CandidatesCard candidates={candidates.data} />}
      </div>
      {open && candidates.data !== undefined ? (
        <NewExperimentSheet candidates={candidates.data} onClose={() => void setOpen(false)} />
      ) : null}
    </Screen>
  );
}
