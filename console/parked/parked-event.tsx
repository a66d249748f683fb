'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';

type Props = { projection: string; version: number; position: string };

/** One parked event: what was thrown, and what the event says, side by side. */
export function ParkedEventView({ projection, version, position }: Props) {
  const trpc = useTRPC();
  const zone = useZone();
  const query = useQuery(trpc.parked.get.queryOptions({ projection, version, position }, { refetchInterval: 5000 }));
  if (query.isPending) return <SkeletonLines rows={8} label="the parked event" className="p-4" />;
  if (query.data === undefined) {
    return (
      <QueryError
        title="The event could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
        className="m-4"
      />
    );
  }
  const { streamId, streamVersion, eventType, attempts, lastFailedAt, nextRetryAt, waiting, stack, message, event } =
    query.data;
  return (
    <article aria-label={`Parked event ${position}`}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-line border-y px-4 py-2.5">
        <h3 className="text-lead">{eventType}</h3>
        <Link className="text-tide hover:underline" href={routes.event(position)}>
          position {formatCount(position)}
        </Link>
        <Link
          className="mono min-w-0 break-all text-tide hover:underline"
          href={routes.stream(streamId, { v: streamVersion })}
        >
          {streamId}
        </Link>
        <span className="text-ink-2">version {formatCount(streamVersion)}</span>
        <p className="w-full text-ink-2">
          Tried {formatNumberOf(attempts, 'time')}
          {lastFailedAt === null ? '' : `, last ${formatTime(lastFailedAt, zone)}`}
          {nextRetryAt === null ? '' : `, again at ${formatTime(nextRetryAt, zone)}`}. Later events of this stream wait:{' '}
          <strong className="font-semibold">{formatCount(waiting)}</strong>.
        </p>
      </div>
      <div className="grid min-w-0 lg:grid-cols-2">
        <section aria-label="What was thrown" className="min-w-0 border-line px-4 py-3 max-lg:border-b lg:border-r">
          <div className="flex items-center justify-between pb-1.5">
            <h4 className="font-semibold">What was thrown</h4>
            <CopyButton text={`${message}\n${stack}`} label="Copy the stack" />
          </div>
          <pre className="whitespace-pre-wrap break-words rounded-control bg-sunken px-3 py-2">
            {stack === '' ? message : stack}
          </pre>
        </section>
        <section aria-label="The event" className="min-w-0 px-4 py-3">
          <div className="flex items-center justify-between pb-1.5">
            <h4 className="font-semibold">The event</h4>
            {event === null ? null : <CopyButton text={() => JSON.stringify(event, null, 2)} label="Copy the event" />}
          </div>
          {event === null ? (
            <p className="text-ink-2">The store has no event at this position any more.</p>
          ) : (
            <JsonTree label={`Data of ${eventType}`} root="data" value={event.data} />
          )}
        </section>
      </div>
    </article>
  );
}
