'use client';

import { useQuery } from '@tanstack/react-query';
import { formatSeconds } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';

/** A worker says that it lives twice a second; the lease of a silent one ends after two seconds. */
const SILENT_SECONDS = 2;

/** The processes that run projections, and what each holds. */
export function WorkersCard() {
  const trpc = useTRPC();
  const query = useQuery(trpc.projections.workers.queryOptions(undefined, { refetchInterval: 2000 }));
  return (
    <section aria-label="Workers" className="rounded-card border border-line bg-surface">
      <h2 className="px-4 py-2.5 font-semibold">Workers</h2>
      {query.isPending ? <SkeletonLines rows={2} label="workers" /> : null}
      {query.isError && query.data === undefined ? (
        <QueryError
          title="Workers could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mx-3 mb-3"
        />
      ) : null}
      {query.data?.workers.length === 0 ? (
        <p className="px-4 pb-3 text-ink-2">No worker was heard of in the last minute: npm run worker starts one.</p>
      ) : null}
      <ul>
        {query.data?.workers.map(({ processId, host, silentSeconds, runs, startedAt }) => {
          const silent = silentSeconds > SILENT_SECONDS;
          return (
            <li
              key={`${host} ${processId} ${startedAt}`}
              className="flex items-start gap-3 border-line border-t px-4 py-2"
            >
              <StatusShape kind={silent ? 'held' : 'running'} className="mt-1" />
              <div className="min-w-0">
                <p className="font-medium">
                  Process {processId} on {host}
                  {silent ? <span className="text-warn">, silent for {formatSeconds(silentSeconds)}</span> : null}
                </p>
                <p className="break-words text-ink-3 text-small">
                  {runs.length === 0 ? 'holds nothing' : `holds ${runs.join(', ')}`}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
