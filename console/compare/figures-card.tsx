import { formatBytes, formatCount, formatMs, formatNumberOf, formatRate } from '#console/format.ts';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { PerformanceReport, Side, SideFigures } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { SideMark } from './side-mark.tsx';

type Props = { performance: PerformanceReport; names: Record<Side, string> };

const ROWS: { label: string; figure: (side: SideFigures) => string; basis: string }[] = [
  {
    label: 'Applied',
    figure: (s) => `${formatRate(s.eventsPerSecond)} events/s`,
    basis: 'the same batches, in random order of the two',
  },
  { label: 'Rows written', figure: (s) => formatCount(s.rowsWritten), basis: 'inserted, updated and deleted' },
  {
    label: 'Written to the log',
    figure: (s) => formatBytes(s.bytesWritten),
    basis: 'write-ahead log while its batches ran',
  },
  { label: 'Table', figure: (s) => formatBytes(s.tableBytes), basis: 'on disk, without indexes' },
  { label: 'Indexes', figure: (s) => formatBytes(s.indexBytes), basis: 'on disk' },
  {
    label: 'Behind',
    figure: (s) => formatNumberOf(s.lagEvents, 'event'),
    basis: 'under the load of the store as it is',
  },
  {
    label: 'Event to row',
    figure: (s) => (s.updateMs === null ? 'nothing came' : formatMs(s.updateMs)),
    basis: 'smoothed over the last events',
  },
];

/** What each version costs: speed of applying, writes, disk, lag. */
export function FiguresCard({ performance, names }: Props) {
  return (
    <Card
      title="What each costs"
      note={`${formatNumberOf(performance.events, 'event')} in ${formatNumberOf(performance.batches, 'batch', 'batches')}, applied to both`}
    >
      <div className="border-line border-t">
        <Table label="What each version costs" className="[&_td]:py-[3px]">
          <TableHead>
            <tr>
              <TableHeading className="pl-4">Figure</TableHeading>
              <SideHeading side="a" name={names.a} />
              <SideHeading side="b" name={names.b} />
              <TableHeading className="pr-4 max-sm:hidden">Of what</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {ROWS.map(({ label, figure, basis }) => (
              <TableRow key={label}>
                <TableCell className="whitespace-nowrap pl-4 text-ink-2">{label}</TableCell>
                <TableCell numeric className="whitespace-nowrap">
                  {figure(performance.a)}
                </TableCell>
                <TableCell numeric className="whitespace-nowrap">
                  {figure(performance.b)}
                </TableCell>
                <TableCell className="pr-4 text-ink-3 text-small max-sm:hidden">{basis}</TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

function SideHeading({ side, name }: { side: Side; name: string }) {
  return (
    <TableHeading numeric>
      <SideMark side={side} name={name} />
    </TableHeading>
  );
}
