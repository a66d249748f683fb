import { formatCount } from '#console/format.ts';
import { Status } from '#console/ui/badge.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { ErrorState } from '#console/ui/error-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { Sample } from './sample.tsx';

const ROWS = [
  ['4,807,943', 'order-c40d17', 1, 'running', 'applied'],
  ['4,807,906', 'stock-TEE-BLK-M', 8812, 'working', 'pending'],
  ['4,807,516', 'order-d90412', 5, 'failed', 'failed'],
] as const;

/** Tables, banners, and pages that are empty, loading or broken. */
export function States() {
  return (
    <>
      <Sample title="Table">
        <div className="rounded-card border border-line bg-surface">
          <Table label="Sample rows">
            <TableHead>
              <tr>
                <TableHeading>Position</TableHeading>
                <TableHeading>Stream</TableHeading>
                <TableHeading numeric>Version</TableHeading>
                <TableHeading>Projection</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {ROWS.map(([position, stream, version, kind, word], index) => (
                <TableRow key={position} selected={index === 1}>
                  <TableCell className="mono">{position}</TableCell>
                  <TableCell className="mono">{stream}</TableCell>
                  <TableCell numeric className="mono">
                    {formatCount(version)}
                  </TableCell>
                  <TableCell>
                    <Status status={kind}>{word}</Status>
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </div>
      </Sample>
      <Sample title="Banners and errors">
        <div className="flex flex-col gap-3">
          <Banner
            tone="warn"
            title="High water is held at 4,812,097 by Postgres process 48213"
            evidence="UPDATE orders_v1 SET status = 'shipped' WHERE order_id = 'order-20b7cc'"
            actions={<Button>See process</Button>}
          >
            psql, idle in transaction for 7 min 56 s
          </Banner>
          <ErrorState
            title="The events could not be read"
            message="the database did not answer within 5 s"
            requestId="01a20d67-259c-722d-bce6-da3de48923df"
            asOf="14:32:01"
            onRetry={() => {}}
          />
          <Banner tone="tide" title="orders v2 is being built">
            84.20 % of the events up to the mark, 36 s left
          </Banner>
        </div>
      </Sample>
      <Sample title="Empty, and loading">
        <div className="grid gap-4 lg:grid-cols-2">
          <div className="rounded-card border border-line bg-surface">
            <EmptyState
              title="No event of type OrderReturned in this hour."
              action={<Button>Remove the type filter</Button>}
            >
              3,874 events of other types match.
            </EmptyState>
          </div>
          <div className="rounded-card border border-line bg-surface py-2">
            <SkeletonLines rows={4} label="sample rows" onCancel={() => {}} />
          </div>
        </div>
      </Sample>
    </>
  );
}
