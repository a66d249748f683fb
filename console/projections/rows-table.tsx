'use client';

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useRowKeys } from '#console/keys/use-row-keys.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { cellShown, cellText } from './rows-model.ts';

export type RowsPaging = {
  /** What the keys begin with; an empty text is all of them. */
  prefix: string;
  /** Takes the prefix away. */
  onAll(): void;
  after: string | null;
  onAfter(after: string | null): void;
  onRow(key: string): void;
};

export const ROWS_PAGE = 50;

/** The rows of the serving version as its table has them; a check replays them and marks those that differ. */
export function RowsTable({ name, prefix, onAll, after, onAfter, onRow }: RowsPaging & { name: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const zone = useZone();
  const formatAt = (at: string) => formatTime(at, zone, { date: 'always', millis: true });
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body);
  const page = { name, limit: ROWS_PAGE, ...(prefix && { prefix }), ...(after === null ? {} : { after }) };
  const query = useQuery(
    trpc.readModels.rows.queryOptions(page, { placeholderData: keepPreviousData, refetchInterval: 10_000 }),
  );
  const check = useMutation({ mutationFn: () => client.readModels.checkRows.query(page) });
  if (query.isPending) return <SkeletonLines rows={12} label="rows" />;
  if (query.data === undefined) {
    return <QueryError title="The rows could not be read" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const { columns, key, rows, nextAfter, position, table } = query.data;
  if (rows.length === 0) {
    return (
      <EmptyState
        title={
          after !== null
            ? `No row of ${name} follows ${after}.`
            : prefix === ''
              ? `${name} has no row yet.`
              : `No key of ${name} begins with “${prefix}”.`
        }
        action={
          after !== null ? (
            <Button onClick={() => onAfter(null)}>From the first row</Button>
          ) : prefix === '' ? undefined : (
            <Button onClick={onAll}>All rows</Button>
          )
        }
      />
    );
  }
  const doubtful = new Set(check.data?.different);
  return (
    <section aria-label={`Rows of ${name}`} className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-3 px-4 py-2.5">
        <p className="mr-auto min-w-0 grow basis-60 text-ink-2">
          <span className="mono">{table}</span> as of position {formatCount(position)}. Choose a row to see which events
          made it.
        </p>
        <Button onClick={() => check.mutate()} disabled={check.isPending}>
          {check.isPending ? 'Replaying…' : 'Check these rows'}
        </Button>
        {check.data === undefined ? null : (
          <p role="status" className="flex w-full items-center gap-2">
            <StatusShape kind={doubtful.size === 0 ? 'running' : 'failed'} />
            {doubtful.size === 0
              ? `${formatNumberOf(check.data.checked, 'row is', 'rows are')} what a fresh replay makes.`
              : `${doubtful.size} of ${check.data.checked} differ from a fresh replay.`}
          </p>
        )}
        {check.isError ? (
          <QueryError title="The rows could not be checked" error={check.error} className="w-full" />
        ) : null}
      </div>
      {[...doubtful].some((one) => !rows.some((row) => cellText(row[key]) === one)) ? (
        <p className="flex flex-wrap gap-x-3 px-4 pb-2">
          Not there, though a replay makes them:
          {[...doubtful]
            .filter((one) => !rows.some((row) => cellText(row[key]) === one))
            .map((one) => (
              <Button key={one} variant="ghost" onClick={() => onRow(one)}>
                {one}
              </Button>
            ))}
        </p>
      ) : null}
      <div ref={body} className="border-line border-t">
        <Table label={`Rows of ${name}`}>
          <TableHead>
            <tr>
              {columns.map((column) => (
                <TableHeading key={column} numeric={typeof rows[0]?.[column] === 'number'}>
                  {column}
                </TableHeading>
              ))}
            </tr>
          </TableHead>
          <tbody>
            {rows.map((row) => {
              const id = cellText(row[key]);
              return (
                <TableRow key={id}>
                  {columns.map((column) => (
                    <TableCell
                      key={column}
                      numeric={typeof row[column] === 'number'}
                      className="max-w-72 truncate"
                      title={cellText(row[column])}
                    >
                      {column === key ? (
                        <RowButton id={id} doubtful={doubtful.has(id)} onRow={onRow} />
                      ) : (
                        <span className={row[column] === null ? 'text-ink-3' : undefined}>
                          {cellShown(row[column], formatAt)}
                        </span>
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              );
            })}
          </tbody>
        </Table>
      </div>
      <RowsFoot shown={rows.length} prefix={prefix} after={after} nextAfter={nextAfter} onAfter={onAfter} />
    </section>
  );
}

function RowButton({ id, doubtful, onRow }: { id: string; doubtful: boolean; onRow: (id: string) => void }) {
  return (
    <button
      type="button"
      data-row
      onClick={() => onRow(id)}
      className="mono flex min-h-6 items-center gap-1.5 text-tide hover:underline"
    >
      {doubtful ? <StatusShape kind="failed" label="differs from a fresh replay" /> : null}
      {id}
    </button>
  );
}

type FootProps = {
  shown: number;
  prefix: string;
  after: string | null;
  nextAfter: string | null;
  onAfter: RowsPaging['onAfter'];
};

/** Where in the rows the page is, and the ways on. */
export function RowsFoot({ shown, prefix, after, nextAfter, onAfter }: FootProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-2 text-ink-2 text-small">
      <span className="mr-auto">
        {formatNumberOf(shown, 'row')}
        {prefix !== '' && ` whose key begins with ${prefix},`} {after === null ? 'from the first' : `after ${after}`}
        {nextAfter === null ? ', the last of them' : ''}
      </span>
      {after === null ? null : <Button onClick={() => onAfter(null)}>First rows</Button>}
      {nextAfter === null ? null : <Button onClick={() => onAfter(nextAfter)}>More rows</Button>}
    </div>
  );
}
