'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPCClient } from '#console/trpc-client.tsx';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';

const PAGE = 100;

/** The rows of the orders read model, as the projection wrote them. */
export function OrderRows() {
  const client = useTRPCClient();
  const zone = useZone();
  const query = useInfiniteQuery({
    queryKey: ['readModels.list', 'orders'],
    queryFn: ({ pageParam, signal }) =>
      client.readModels.list.query({ name: 'orders', limit: PAGE, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextAfter ?? undefined,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  if (query.isError)
    return <QueryError title="The rows could not be read" error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <SkeletonLines rows={10} label="rows" />;
  if (rows.length === 0) {
    return (
      <EmptyState
        title="No order was placed yet."
        action={<ButtonLink href={routes.command('PlaceOrder')}>Place one…</ButtonLink>}
      />
    );
  }
  return (
    <div className="rounded-card border border-line bg-surface">
      <Table label="Rows of orders">
        <TableHead>
          <tr>
            <TableHeading>Order</TableHeading>
            <TableHeading>Status</TableHeading>
            <TableHeading>Customer</TableHeading>
            <TableHeading numeric>Total, minor units</TableHeading>
            <TableHeading numeric>Version</TableHeading>
            <TableHeading>Updated</TableHeading>
          </tr>
        </TableHead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={row.orderId}>
              <TableCell>
                <Link className="mono text-tide hover:underline" href={routes.stream(row.orderId)}>
                  {row.orderId}
                </Link>
              </TableCell>
              <TableCell>{row.status}</TableCell>
              <TableCell>{row.customerId ?? <span className="text-ink-3">not said</span>}</TableCell>
              <TableCell numeric>
                {row.total === null ? (
                  <span className="text-ink-3">not said</span>
                ) : (
                  `${formatCount(row.total.amount)} ${row.total.currency}`
                )}
              </TableCell>
              <TableCell numeric>{formatCount(row.streamVersion)}</TableCell>
              <TableCell className="whitespace-nowrap text-ink-2">{formatTime(row.updatedAt, zone)}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      <div className="flex items-center gap-3 border-line border-t px-4 py-2 text-ink-2 text-small">
        <span>
          {formatCount(rows.length)} rows shown{query.hasNextPage ? ', more are there' : ', all of them'}
        </span>
        {query.hasNextPage ? (
          <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            More rows
          </Button>
        ) : null}
      </div>
    </div>
  );
}
