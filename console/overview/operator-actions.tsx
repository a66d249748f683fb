'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { operatorWords } from './operator-words.ts';

const SHOWN = 3;
/** Alerts stand among the acts; of so many events enough are acts. */
const READ = 40;
const REFRESH_MS = 5000;

/** What operators did last, and who: each is an event of its own. */
export function OperatorActions() {
  const trpc = useTRPC();
  const zone = useZone();
  const query = useQuery(
    trpc.events.list.queryOptions(
      { category: 'projection', direction: 'backward', limit: READ },
      { refetchInterval: REFRESH_MS },
    ),
  );
  const acts = (query.data?.events ?? [])
    .flatMap((event) => {
      const words = operatorWords(event.eventType, event.data, event.streamId.replace(/^projection-/, ''));
      return words === null ? [] : [{ ...event, words }];
    })
    .slice(0, SHOWN);
  return (
    <section
      aria-label="Operator actions"
      className="flex min-w-0 flex-col overflow-hidden rounded-card border border-line bg-surface"
    >
      <div className="flex h-10 shrink-0 items-center justify-between gap-3 px-4">
        <h2 className="font-semibold">Operator actions</h2>
        <Link
          href={routes.events({ category: 'projection' })}
          className="text-ink-2 text-small hover:text-ink hover:underline"
        >
          All of them
        </Link>
      </div>
      {query.isPending ? <SkeletonLines rows={SHOWN} rowHeight={30} label="operator actions" /> : null}
      {query.isError && query.data === undefined ? (
        <QueryError
          title="Operator actions could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mx-3 mb-3"
        />
      ) : null}
      {query.data !== undefined && acts.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3">Nobody has acted on a projection yet.</p>
      ) : null}
      <ul>
        {acts.map(({ globalPosition, recordedAt, words, metadata, data }) => (
          <li key={globalPosition} className="border-line border-t">
            <Link
              href={routes.event(globalPosition)}
              title={typeof data.reason === 'string' ? data.reason : undefined}
              className="flex h-[30px] items-center gap-3 px-4 text-table hover:bg-sunken dark:hover:bg-raised"
            >
              <time dateTime={recordedAt} className="shrink-0 text-ink-2">
                {formatTime(recordedAt, zone)}
              </time>
              <span className="min-w-0 grow truncate font-medium">{words}</span>
              <span className="shrink-0 text-ink-2">{metadata.actor ?? 'nobody named'}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
