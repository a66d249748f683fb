'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Status } from '#console/ui/badge.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { newsOf } from './account-events.ts';
import { Section } from './section.tsx';

/** A sign-in is some seven events; these are the last ten or so. */
const EVENTS_READ = 100;
const SHOWN = 12;

/** What happened to the account lately, from its own stream; whoever may read records goes on to it. */
export function ActivitySection({ operatorId, mayRead }: { operatorId: string; mayRead: boolean }) {
  const trpc = useTRPC();
  const zone = useZone();
  const query = useQuery(trpc.account.history.queryOptions({ limit: EVENTS_READ }));
  const told = (query.data?.events ?? [])
    .flatMap((event) => {
      const news = newsOf(event);
      return news === null ? [] : [{ ...event, news }];
    })
    .slice(0, SHOWN);
  const streamId = `operator-${operatorId}`;
  return (
    <Section
      title="What happened lately"
      note={
        <>
          Every step is an event in the stream{' '}
          {mayRead ? (
            <Link href={routes.stream(streamId)} className="break-all text-tide underline">
              {streamId}
            </Link>
          ) : (
            <code className="break-all">{streamId}</code>
          )}
          .
        </>
      }
    >
      {query.isError ? (
        <QueryError title="The history could not be read" error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <SkeletonLines rows={6} rowHeight={28} label="the history" />
      ) : (
        <div className="rounded-card border border-line bg-surface">
          <Table label="What happened lately">
            <TableHead>
              <tr>
                <TableHeading>Time</TableHeading>
                <TableHeading>What</TableHeading>
                <TableHeading>From</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {told.map(({ streamVersion, at, news }) => (
                <TableRow key={streamVersion}>
                  <TableCell className="mono whitespace-nowrap text-ink-2">{formatTime(at, zone)}</TableCell>
                  <TableCell>
                    {news.status === 'running' ? news.text : <Status status={news.status}>{news.text}</Status>}
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-ink-2">{news.from}</TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Section>
  );
}
