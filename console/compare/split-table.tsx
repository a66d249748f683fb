import { formatCount, formatMs, formatShare } from '#console/format.ts';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { SplitReport } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { SideMark } from './side-mark.tsx';

type Measured = NonNullable<SplitReport['a']>;

/** What the readers of both have seen so far. */
export function SplitTable({ a, b, names }: { a: Measured; b: Measured; names: { a: string; b: string } }) {
  return (
    <Card title="Read so far">
      <div className="border-line border-t">
        <Table label="Read so far">
          <TableHead>
            <tr>
              <TableHeading className="pl-4">Version</TableHeading>
              <TableHeading numeric>Reads</TableHeading>
              <TableHeading numeric>Failed</TableHeading>
              <TableHeading numeric>p50</TableHeading>
              <TableHeading numeric>p95</TableHeading>
              <TableHeading numeric className="pr-4">
                p99
              </TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {(
              [
                ['a', a],
                ['b', b],
              ] as const
            ).map(([side, measured]) => (
              <TableRow key={side}>
                <TableCell className="pl-4">
                  <SideMark side={side} name={names[side]} />
                </TableCell>
                <TableCell numeric>{formatCount(measured.reads)}</TableCell>
                <TableCell numeric>
                  {formatShare(measured.reads === 0 ? 0 : measured.errors / measured.reads)}
                </TableCell>
                <TableCell numeric>{formatMs(measured.p50)}</TableCell>
                <TableCell numeric>{formatMs(measured.p95)}</TableCell>
                <TableCell numeric className="pr-4">
                  {formatMs(measured.p99)}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}
