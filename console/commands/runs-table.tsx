'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { formatCount, formatMs } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPCClient } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { CommandRun } from '#server/command-bus/command-bus.ts';
import { OUTCOME_WORD } from './receipt-words.ts';

const OUTCOMES = ['accepted', 'rejected', 'nothing_to_do'] as const;
const OUTCOME_ITEMS: { value: (typeof OUTCOMES)[number] | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  ...OUTCOMES.map((outcome) => ({ value: outcome, label: capital(OUTCOME_WORD[outcome]) })),
];
const PAGE = 50;

/** Commands that were sent, newest first, refused ones too. */
export function RunsTable({ types }: { types: readonly string[] }) {
  const client = useTRPCClient();
  const [filter, setFilter] = useQueryStates({
    type: parseAsString,
    outcome: parseAsStringLiteral(OUTCOMES),
    actor: parseAsString,
  });
  const query = {
    commandType: filter.type ?? undefined,
    outcome: filter.outcome ?? undefined,
    actor: filter.actor ?? undefined,
    limit: PAGE,
  };
  const runs = useInfiniteQuery({
    queryKey: ['commands.runs', query],
    queryFn: ({ pageParam, signal }) => client.commands.runs.query({ ...query, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextAfter ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 3000,
  });
  const chooseOutcome = (outcome: (typeof OUTCOME_ITEMS)[number]['value']) =>
    void setFilter({ outcome: outcome === 'all' ? null : outcome });
  const rows = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  const filtered = filter.type !== null || filter.outcome !== null || filter.actor !== null;
  return (
    <section aria-label="Commands that were sent" className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2.5">
        <h2 className="mr-auto font-semibold">
          Sent{filter.actor === null ? null : <span className="font-normal text-ink-2"> by {filter.actor}</span>}
        </h2>
        {filter.actor === null ? null : <Button onClick={() => void setFilter({ actor: null })}>By everybody</Button>}
        {/* Four words side by side need more than a small screen has. */}
        <span className="max-sm:hidden">
          <Segmented label="Outcome" value={filter.outcome ?? 'all'} onChange={chooseOutcome} items={OUTCOME_ITEMS} />
        </span>
        <Select
          label="Outcome"
          className="w-full sm:hidden"
          value={filter.outcome ?? 'all'}
          onChange={chooseOutcome}
          items={OUTCOME_ITEMS}
        />
        <Select
          label="Command type"
          className="w-full sm:w-48"
          value={filter.type ?? 'all'}
          onChange={(type) => void setFilter({ type: type === 'all' ? null : type })}
          items={[{ value: 'all', label: 'Every type' }, ...types.map((type) => ({ value: type, label: type }))]}
        />
      </div>
      {runs.isError ? (
        <QueryError
          title="The commands could not be read"
          error={runs.error}
          onRetry={() => void runs.refetch()}
          dataAt={runs.dataUpdatedAt}
          className="m-3"
        />
      ) : null}
      {runs.isPending ? (
        <SkeletonLines rows={8} label="commands" />
      ) : rows.length === 0 && !runs.isError ? (
        filtered ? (
          <EmptyState
            title="No command was sent that the filter lets through."
            action={
              <Button onClick={() => void setFilter({ type: null, outcome: null, actor: null })}>
                Remove the filter
              </Button>
            }
          />
        ) : (
          <EmptyState title="No command was sent yet.">
            Choose one above: its form tries it before anything is written.
          </EmptyState>
        )
      ) : (
        <Rows rows={rows} />
      )}
      {runs.hasNextPage ? (
        <div className="border-line border-t px-4 py-2">
          <Button onClick={() => void runs.fetchNextPage()} disabled={runs.isFetchingNextPage}>
            Older commands
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Rows({ rows }: { rows: readonly CommandRun[] }) {
  const zone = useZone();
  return (
    <Table label="Sent, newest first">
      <TableHead>
        <tr>
          <TableHeading>Received</TableHeading>
          <TableHeading>Command</TableHeading>
          <TableHeading>Stream</TableHeading>
          <TableHeading numeric>Version</TableHeading>
          <TableHeading>Outcome</TableHeading>
          <TableHeading className="max-sm:hidden">Actor</TableHeading>
          <TableHeading numeric>Took</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {rows.map((run) => (
          <TableRow key={run.commandId}>
            <TableCell className="whitespace-nowrap text-ink-2">{formatTime(run.receivedAt, zone)}</TableCell>
            <TableCell className="font-medium">
              <Link data-row className="text-tide hover:underline" href={routes.commandRun(run.commandId)}>
                {run.commandType}
              </Link>
            </TableCell>
            <TableCell>
              <Link className="mono hover:underline" href={routes.stream(run.streamId)}>
                {run.streamId}
              </Link>
            </TableCell>
            <TableCell numeric>{formatCount(run.streamVersion)}</TableCell>
            <TableCell className={run.outcome === 'accepted' ? 'text-ink-2' : 'font-medium'}>
              {OUTCOME_WORD[run.outcome]}
              {run.rejection ? <code className="font-normal text-ink-2"> {run.rejection.code}</code> : null}
            </TableCell>
            <TableCell className="text-ink-2 max-sm:hidden">{run.actor}</TableCell>
            <TableCell numeric className="whitespace-nowrap">
              {formatMs(run.durationMs)}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
