'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { TraceGraph } from './trace-graph.tsx';
import { traceModel } from './trace-model.ts';
import { TraceTable } from './trace-table.tsx';
import { stillWaiting, traceSentence } from './trace-words.ts';

/** While a projection has not reached all of it, the trace is read again. */
const REFRESH_MS = 2000;

export type TraceView = 'tree' | 'time' | 'graph';

const VIEWS = [
  { value: 'tree', label: 'Tree' },
  { value: 'time', label: 'Time' },
  { value: 'graph', label: 'Graph' },
] as const;

type Props = {
  correlationId: string;
  view: TraceView;
  onView(view: TraceView): void;
  /** Position of the event that one came from. */
  marked?: string | null;
};

/** One command and all that it caused: as a sentence, then as a tree, along the time, or as a graph. */
export function TraceBody({ correlationId, view, onView, marked = null }: Props) {
  const trpc = useTRPC();
  const zone = useZone();
  const query = useQuery(
    trpc.events.trace.queryOptions(
      { correlationId },
      {
        refetchInterval: ({ state }) =>
          state.data && stillWaiting(traceModel(state.data)).length > 0 ? REFRESH_MS : false,
      },
    ),
  );
  const trace = query.data;
  const model = useMemo(() => trace && traceModel(trace), [trace]);
  if (trace === undefined || model === undefined) {
    return query.isError ? (
      <QueryError
        title="The trace could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
        className="m-4"
      />
    ) : (
      <SkeletonLines rows={14} label="the trace" className="p-2" />
    );
  }
  if (model.rows.length === 0) {
    return (
      <EmptyState title="No event and no command has this correlation.">
        A correlation is the id of the command that began it, or what an import brought with it.
      </EmptyState>
    );
  }
  const waiting = stillWaiting(model);
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
        <div className="min-w-0 grow">
          <p className="text-lead">{traceSentence(trace, model)}</p>
          <p className="text-ink-2">
            Began {formatTime(model.startedAt, zone, { millis: true, date: 'always' })}.{' '}
            {waiting.length === 0 ? (
              'Every projection has all of it.'
            ) : (
              <span className="text-warn">{waiting.join(', ')} did not reach all of it yet.</span>
            )}
            {trace.truncated && ` Shown are the first ${formatCount(trace.eventsMax)} events.`}
          </p>
        </div>
        <Segmented label="View of the trace" items={VIEWS} value={view} onChange={onView} />
      </div>
      <div className="flex min-h-0 grow flex-col overflow-hidden rounded-card border border-line bg-surface">
        {view === 'graph' ? (
          <TraceGraph model={model} marked={marked} />
        ) : (
          <TraceTable key={view} model={model} view={view} marked={marked} />
        )}
      </div>
    </div>
  );
}
