'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { formatCount } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import type { CauseGroup, DataReport } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { rowCells } from './differences-model.ts';
import { versionName } from './experiment-words.ts';
import { PartingPanel } from './parting-panel.tsx';
import { SidesTable } from './sides-table.tsx';

type Props = {
  experiment: Experiment;
  data: DataReport;
  cause: number;
  chosenKey: string | null;
  onChoose: (key: string) => void;
  /** Opens the form of a rule that expects this cause. */
  onExplain: () => void;
};

const PAGE = 50;

/** One differing row, both sides of it, and the event at which they part; the arrows go to the next of its cause. */
export function RowPanel({ experiment, data, cause, chosenKey, onChoose, onExplain }: Props) {
  const client = useTRPCClient();
  const group = data.causes[cause];
  const pages = useInfiniteQuery({
    queryKey: ['compare.rows', experiment.id, experiment.streamVersion, cause],
    queryFn: ({ pageParam, signal }) =>
      client.compare.rows.query({ id: experiment.id, cause, after: pageParam, limit: PAGE }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextAfter ?? undefined,
    enabled: group !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? data.samples.filter((row) => row.cause === cause);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === chosenKey),
  );
  const row = rows[at];
  const names = { a: versionName(experiment, 'a'), b: versionName(experiment, 'b') };
  if (group === undefined) return null;
  const move = (to: number) => {
    const next = rows[to];
    if (next !== undefined) onChoose(next.key);
    if (to > rows.length - 10 && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
  };
  return (
    <Card
      title={<span className="mono">{row?.key ?? 'No row'}</span>}
      note={row === undefined ? undefined : `row ${formatCount(at + 1)} of ${formatCount(group.rows)}`}
      aside={
        <>
          <Button variant="ghost" icon aria-label="Previous row" disabled={at === 0} onClick={() => move(at - 1)}>
            <ChevronLeft strokeWidth={1.75} aria-hidden />
          </Button>
          <Button
            variant="ghost"
            icon
            aria-label="Next row"
            disabled={at >= rows.length - 1}
            onClick={() => move(at + 1)}
          >
            <ChevronRight strokeWidth={1.75} aria-hidden />
          </Button>
        </>
      }
    >
      {pages.isError ? (
        <QueryError title="The rows could not be read" error={pages.error} onRetry={() => void pages.refetch()} />
      ) : row === undefined ? (
        <SkeletonLines rows={8} label="rows" />
      ) : (
        <>
          <SidesTable
            label={`${row.key} in ${names.a} and ${names.b}`}
            head="Column"
            cells={rowCells(row)}
            names={names}
          />
          <Parted key={row.key} experiment={experiment} group={group} rowKey={row.key} onExplain={onExplain} />
        </>
      )}
    </Card>
  );
}

function Parted({
  experiment,
  group,
  rowKey,
  onExplain,
}: {
  experiment: Experiment;
  group: CauseGroup;
  rowKey: string;
  onExplain: () => void;
}) {
  const trpc = useTRPC();
  const known = group.parting?.key === rowKey ? group.parting : null;
  const asked = useQuery(
    trpc.compare.parting.queryOptions(
      { id: experiment.id, key: rowKey },
      { enabled: known === null, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  const parting = known ?? asked.data?.parting ?? null;
  if (parting !== null)
    return <PartingPanel experiment={experiment} group={group} parting={parting} onExplain={onExplain} />;
  return (
    <div className="border-line border-t px-4 py-3">
      {asked.isError ? (
        <QueryError title="The event could not be found" error={asked.error} onRetry={() => void asked.refetch()} />
      ) : asked.isPending ? (
        <SkeletonLines rows={3} label="the event at which they part" />
      ) : (
        <p className="text-ink-2">
          A replay of this key gives equal rows on both sides: no event parts them, so one was changed from outside.
        </p>
      )}
      <Button className="mt-3" onClick={onExplain}>
        Mark cause as expected…
      </Button>
    </div>
  );
}
