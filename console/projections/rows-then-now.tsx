'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useRowKeys } from '#console/keys/use-row-keys.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { JsonObject } from '#server/kernel/json.ts';
import { cellShown, cellText, changedColumns, pairRows } from './rows-model.ts';
import { ROWS_PAGE, RowsFoot, type RowsPaging } from './rows-table.tsx';

type Props = RowsPaging & { name: string; version: number; onLeave(): void };

/** Each row as it was at the moment, and beneath it as it is now; cells that differ stand out. */
export function RowsThenNow({ name, version, prefix, after, onAfter, onRow, onLeave }: Props) {
  const trpc = useTRPC();
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body);
  const page = { name, limit: ROWS_PAGE, ...(prefix && { prefix }), ...(after === null ? {} : { after }) };
  const options = { placeholderData: keepPreviousData, refetchInterval: 3000 };
  const then = useQuery(trpc.readModels.rows.queryOptions({ ...page, version }, options));
  const now = useQuery(trpc.readModels.rows.queryOptions(page, options));
  const failed = then.error ?? now.error;
  if (then.data === undefined || now.data === undefined) {
    if (failed === null) return <SkeletonLines rows={12} label="rows of then and now" />;
    return (
      <QueryError
        title="The rows could not be read"
        error={failed}
        onRetry={() => {
          void then.refetch();
          void now.refetch();
        }}
      />
    );
  }
  const { columns, key } = now.data;
  const pairs = pairRows(
    key,
    { rows: then.data.rows, more: then.data.nextAfter !== null },
    { rows: now.data.rows, more: now.data.nextAfter !== null },
  );
  const more = then.data.nextAfter !== null || now.data.nextAfter !== null;
  return (
    <section aria-label={`Rows of ${name}, then and now`} className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-3 px-4 py-2.5">
        <p className="mr-auto min-w-0 grow basis-60 text-ink-2">
          Then: position {formatCount(then.data.position)}. Now: position {formatCount(now.data.position)}. What differs
          is marked in both.
        </p>
        <Button onClick={onLeave}>Only the present</Button>
      </div>
      {pairs.length === 0 ? (
        <EmptyState title={`${name} has no row here, then or now.`} />
      ) : (
        <div ref={body} className="border-line border-t">
          <Table label={`Rows of ${name}, then and now`}>
            <TableHead>
              <tr>
                <TableHeading>When</TableHeading>
                {columns.map((column) => (
                  <TableHeading key={column}>{column}</TableHeading>
                ))}
              </tr>
            </TableHead>
            {pairs.map((pair) => {
              const changed = changedColumns(pair, columns);
              return (
                <tbody key={pair.key} className="border-line-2 border-b last:border-b-0">
                  <HalfRow when="then" row={pair.past} id={pair.key} {...{ columns, keyColumn: key, changed, onRow }} />
                  <HalfRow
                    when="now"
                    row={pair.present}
                    id={pair.key}
                    {...{ columns, keyColumn: key, changed, onRow }}
                  />
                </tbody>
              );
            })}
          </Table>
        </div>
      )}
      <RowsFoot
        shown={pairs.length}
        prefix={prefix}
        after={after}
        nextAfter={more ? (pairs.at(-1)?.key ?? null) : null}
        onAfter={onAfter}
      />
    </section>
  );
}

type HalfRowProps = {
  when: 'then' | 'now';
  row: JsonObject | null;
  id: string;
  columns: readonly string[];
  keyColumn: string;
  changed: ReadonlySet<string>;
  onRow(key: string): void;
};

function HalfRow({ when, row, id, columns, keyColumn, changed, onRow }: HalfRowProps) {
  const zone = useZone();
  const formatAt = (at: string) => formatTime(at, zone, { date: 'always', millis: true });
  return (
    <TableRow>
      <TableCell className="text-ink-2">{when}</TableCell>
      {row === null ? (
        <TableCell colSpan={columns.length} className="text-ink-2">
          {when === 'then' ? `${id} was not there yet` : `${id} is not there any more`}
        </TableCell>
      ) : (
        columns.map((column) => (
          <TableCell
            key={column}
            title={cellText(row[column])}
            className={cn('max-w-72 truncate', changed.has(column) && 'bg-warn-soft font-semibold')}
          >
            {column === keyColumn && when === 'now' ? (
              <button
                type="button"
                data-row
                onClick={() => onRow(id)}
                className="mono min-h-6 text-tide hover:underline"
              >
                {id}
              </button>
            ) : (
              cellShown(row[column], formatAt)
            )}
          </TableCell>
        ))
      )}
    </TableRow>
  );
}
