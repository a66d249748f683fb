'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { Screen } from '#console/frame/screen.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { ManagerCard } from './manager-card.tsx';
import { ProcessList } from './process-list.tsx';

const SHOWN = ['all', 'failing', 'waiting'] as const;
const WORDS = { all: 'All', failing: 'Failing', waiting: 'Waiting for a time' } as const;

/** Process managers: where each stands, its processes with their steps, the timers that run, and what fails. */
export function ProcessesScreen() {
  const trpc = useTRPC();
  const [view, setView] = useQueryStates({
    show: parseAsStringLiteral(SHOWN).withDefault('all'),
    after: parseAsString,
    process: parseAsString,
  });
  const options = { refetchInterval: 2000, placeholderData: keepPreviousData };
  const managers = useQuery(trpc.processes.managers.queryOptions(undefined, options));
  const list = useQuery(
    trpc.processes.list.queryOptions(
      { show: view.show, limit: 50, ...(view.after === null ? {} : { after: view.after }) },
      options,
    ),
  );
  const failed = managers.error ?? list.error;
  return (
    <Screen title="Processes" note="What happens leads to commands, each exactly once in effect">
      <div className="flex flex-col gap-4">
        {failed === null ? null : (
          <QueryError
            title="Processes could not be read"
            error={failed}
            dataAt={list.dataUpdatedAt}
            onRetry={() => {
              void managers.refetch();
              void list.refetch();
            }}
          />
        )}
        {managers.data?.managers.map((manager) => (
          <ManagerCard key={manager.name} manager={manager} />
        ))}
        <Segmented
          label="Which processes"
          value={view.show}
          onChange={(show) => void setView({ show, after: null, process: null })}
          items={SHOWN.map((value) => ({ value, label: WORDS[value] }))}
          className="self-start"
        />
        {list.isPending ? <SkeletonLines rows={8} rowHeight={44} label="processes" /> : null}
        {list.data?.processes.length === 0 ? (
          <EmptyState
            title={EMPTY[view.show]}
            action={
              view.show === 'all' ? undefined : (
                <Button onClick={() => void setView({ show: null })}>Show all processes</Button>
              )
            }
          >
            {view.show === 'all' ? 'The command StartFulfilment begins one, for an order.' : undefined}
          </EmptyState>
        ) : null}
        {list.data === undefined || list.data.processes.length === 0 ? null : (
          <ProcessList
            processes={list.data.processes}
            chosen={view.process}
            onChoose={(process) => void setView({ process }, { history: 'push' })}
          />
        )}
        <div className="flex gap-2">
          {view.after === null ? null : <Button onClick={() => void setView({ after: null })}>Newest processes</Button>}
          {list.data?.nextAfter == null ? null : (
            <Button onClick={() => void setView({ after: list.data?.nextAfter ?? null }, { history: 'push' })}>
              Older processes
            </Button>
          )}
        </div>
      </div>
    </Screen>
  );
}

const EMPTY = {
  all: 'No process was begun by a command of this store.',
  failing: 'No process fails.',
  waiting: 'No process waits for a time.',
} as const;
