'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { ProcessRow } from '#server/processes/processes.ts';
import { stepWords } from './process-words.ts';

const SHOWN = 100;

/** The steps of a process, each an event of its stream. */
export function ProcessSteps({ process: { streamId, manager } }: { process: ProcessRow }) {
  const trpc = useTRPC();
  const zone = useZone();
  const query = useQuery(trpc.streams.events.queryOptions({ streamId, limit: SHOWN }, { refetchInterval: 2000 }));
  if (query.isPending) return <SkeletonLines rows={4} label="the steps" />;
  if (query.data === undefined) {
    return (
      <QueryError
        title="The steps could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
        className="m-3"
      />
    );
  }
  return (
    <div className="border-line border-t px-4 py-3">
      <ol aria-label={`Steps of ${streamId}`}>
        {query.data.events.map(({ globalPosition, streamVersion, eventType, recordedAt, data }) => (
          <li key={globalPosition} className="flex flex-wrap items-baseline gap-x-3 py-0.5">
            <span className="w-6 text-right text-ink-3">{formatCount(streamVersion)}</span>
            <Link className="font-medium text-tide hover:underline" href={routes.event(globalPosition)}>
              {stepWords(eventType, manager)}
            </Link>
            <span className="mono min-w-0 grow truncate text-ink-2 text-small">{JSON.stringify(data)}</span>
            <time dateTime={recordedAt} className="text-ink-3 text-small">
              {formatTime(recordedAt, zone)}
            </time>
          </li>
        ))}
      </ol>
      <p className="pt-2">
        <Link className="text-tide underline" href={routes.stream(streamId)}>
          The whole stream, and its state at every step
        </Link>
      </p>
    </div>
  );
}
