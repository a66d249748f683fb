'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { formatTime } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { QueryAnswer } from '#console/query-answer.tsx';
import { useZone } from '#console/settings.tsx';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { useAccountChanged } from './use-account.ts';

/** Where one is signed in, and how each of it is ended. */
export function SessionsScreen() {
  const trpc = useTRPC();
  const zone = useZone();
  const query = useQuery(trpc.account.sessions.queryOptions(undefined, { refetchInterval: 5000 }));
  const onSettled = useAccountChanged();
  const end = useMutation(trpc.account.endSession.mutationOptions({ onSettled }));
  const endOthers = useMutation(trpc.account.endOtherSessions.mutationOptions({ onSettled }));
  const sessions = query.data?.sessions ?? [];
  const others = sessions.filter(({ current }) => !current).length;
  const failed = end.error ?? endOthers.error;
  return (
    <Screen title="Sessions" note="where you are signed in">
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="max-w-prose text-ink-2">
            A session ends 12 hours after it was opened, or when nobody used it for half an hour. One that is ended here
            is out within 5 s.
          </p>
          <Button disabled={others === 0 || endOthers.isPending} onClick={() => endOthers.mutate()}>
            {others === 0 ? 'No other session' : 'End all others'}
          </Button>
        </div>
        <p role="status" className="text-bad empty:hidden">
          {failed === null ? null : readFailure(failed).message}
        </p>
        <QueryAnswer query={query} failed="The sessions could not be read" rows={3} label="sessions">
          {() => (
            <div className="rounded-card border border-line bg-surface">
              {sessions.length === 0 ? (
                <EmptyState title="No session is open." />
              ) : (
                <Table label="Sessions" density="comfortable">
                  <TableHead>
                    <tr>
                      <TableHeading>Device</TableHeading>
                      <TableHeading>From</TableHeading>
                      <TableHeading>Opened</TableHeading>
                      <TableHeading>Last used</TableHeading>
                      <TableHeading>
                        <span className="sr-only">End</span>
                      </TableHeading>
                    </tr>
                  </TableHead>
                  <tbody>
                    {sessions.map(({ sessionId, current, client, address, openedAt, lastSeenAt }) => (
                      <TableRow key={sessionId}>
                        <TableCell className="whitespace-nowrap font-medium">
                          {client}{' '}
                          {current ? (
                            <Badge tone="tide" className="ms-1.5">
                              this one
                            </Badge>
                          ) : null}
                        </TableCell>
                        <TableCell className="mono">{address}</TableCell>
                        <TableCell className="mono whitespace-nowrap text-ink-2">
                          {formatTime(openedAt, zone)}
                        </TableCell>
                        <TableCell className="mono whitespace-nowrap text-ink-2">
                          {formatTime(lastSeenAt, zone)}
                        </TableCell>
                        <TableCell className="w-24 text-right">
                          {current ? null : (
                            <Button
                              variant="ghost"
                              disabled={end.isPending}
                              aria-label={`End the session of ${client}, opened ${formatTime(openedAt, zone)}`}
                              onClick={() => end.mutate({ sessionId })}
                            >
                              End
                            </Button>
                          )}
                        </TableCell>
                      </TableRow>
                    ))}
                  </tbody>
                </Table>
              )}
            </div>
          )}
        </QueryAnswer>
      </div>
    </Screen>
  );
}
