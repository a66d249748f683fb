'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { formatCount } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { shownName, summarize } from '#console/state-inspector/json-rows.ts';
import { CHANGES_MAX, changedPaths, formatPath } from '#console/state-inspector/state-path.ts';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Skeleton } from '#console/ui/skeleton.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** Changes listed in the inspector; the stream's page has them all. */
const SHOWN_MAX = 12;

/** What the event changed in the state of its stream, value by value. */
export function EventStateChange({ event }: { event: RecordedEvent }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.streams.diff.queryOptions(
      { streamId: event.streamId, from: event.streamVersion - 1, to: event.streamVersion },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const changes = useMemo(() => query.data && changedPaths(query.data.before, query.data.after), [query.data]);

  if (query.isError) return <p className="text-bad">{readFailure(query.error).message}</p>;
  if (changes === undefined) return <Skeleton className="h-5" />;
  if (changes.length === 0) return <p className="text-ink-3">It changed nothing in the state.</p>;
  return (
    <>
      <table className="mono w-full table-fixed border-separate border-spacing-y-px">
        <thead className="sr-only">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, SHOWN_MAX).map(({ path, before, after }) => (
            <tr key={formatPath(path)} className="align-top leading-5">
              <th
                scope="row"
                className="w-[28%] truncate pe-2 text-start font-normal text-ink-2"
                title={shownName(formatPath(path))}
              >
                {shownName(formatPath(path))}
              </th>
              <td
                className={before === undefined ? 'w-[30%] text-ink-3' : 'w-[30%] truncate text-ink-2'}
                title={summarize(before, 400)}
              >
                {summarize(before)}
              </td>
              <td className="truncate bg-ok-soft px-2 text-ink" title={summarize(after, 400)}>
                {summarize(after)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > SHOWN_MAX && (
        <p className="mt-1 text-ink-3">
          {SHOWN_MAX} of {changes.length >= CHANGES_MAX ? 'at least ' : ''}
          {formatCount(changes.length)} changes.{' '}
          <Link
            href={routes.stream(event.streamId, { v: event.streamVersion, cmp: event.streamVersion - 1 })}
            className="text-tide hover:underline"
          >
            All of them
          </Link>
        </p>
      )}
    </>
  );
}
