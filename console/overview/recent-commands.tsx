'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatMs } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { cn } from '#console/ui/cn.ts';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { CommandRun } from '#server/command-bus/command-bus.ts';
import { StaleNote } from './stale-note.tsx';

const SHOWN = 5;
const REFRESH_MS = 3000;

const OUTCOME: Record<CommandRun['outcome'], string> = {
  accepted: 'accepted',
  rejected: 'refused',
  nothing_to_do: 'nothing to do',
};

/** The commands that came last, with what became of them. */
export function RecentCommands() {
  const trpc = useTRPC();
  const zone = useZone();
  const runs = useQuery(trpc.commands.runs.queryOptions({ limit: SHOWN }, { refetchInterval: REFRESH_MS }));
  return (
    <section
      aria-label="Recent commands"
      className="flex min-w-0 flex-col overflow-hidden rounded-card border border-line bg-surface"
    >
      <div className="flex h-10 shrink-0 items-center justify-between gap-3 px-4">
        <h2 className="font-semibold">Recent commands</h2>
        <Link href={routes.commands()} className="text-ink-2 text-small hover:text-ink hover:underline">
          All commands
        </Link>
      </div>
      {runs.isError && runs.data !== undefined ? (
        <StaleNote
          dataAt={runs.dataUpdatedAt}
          why={readFailure(runs.error).message}
          onRetry={() => void runs.refetch()}
        />
      ) : runs.isError ? (
        <QueryError
          title="The commands could not be read"
          error={runs.error}
          onRetry={() => void runs.refetch()}
          className="mx-3 mb-3"
        />
      ) : null}
      {runs.isPending ? <SkeletonLines rows={SHOWN} rowHeight={30} label="commands" /> : null}
      {runs.data?.runs.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3">No command was sent yet; what is in the store was imported or appended.</p>
      ) : null}
      <ul>
        {runs.data?.runs.map((run) => (
          <li key={run.commandId} className="border-line border-t">
            <Link
              href={routes.commandRun(run.commandId)}
              className="flex h-[30px] items-center gap-3 px-4 text-table hover:bg-sunken dark:hover:bg-raised"
            >
              <time dateTime={run.receivedAt} className="shrink-0 text-ink-2">
                {formatTime(run.receivedAt, zone)}
              </time>
              <span className="min-w-0 grow truncate">
                <span className="font-medium">{run.commandType}</span>{' '}
                <span className="mono text-ink-2">{run.streamId}</span>
              </span>
              <span className={cn('shrink-0', run.outcome === 'accepted' ? 'text-ink-3' : 'font-medium text-ink')}>
                {run.outcome === 'accepted' ? formatMs(run.durationMs) : OUTCOME[run.outcome]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
