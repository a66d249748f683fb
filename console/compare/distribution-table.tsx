import { cn } from '#console/ui/cn.ts';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { Distribution, Interval, Side } from '#server/compare/report.ts';
import { formatTimeIn } from './experiment-words.ts';
import { changeInWords, intervalInWords } from './interval-words.ts';
import { SideMark } from './side-mark.tsx';

type Row = { name: string; a: Interval; b: Interval; change: Interval | null };
type Props = {
  label: string;
  a: Distribution;
  b: Distribution;
  changes: Partial<Record<'p50' | 'p95' | 'p99', Interval>>;
  names: Record<Side, string>;
};

/** The quantiles of both with their intervals, and the change between them in words. */
export function DistributionTable({ label, a, b, changes, names }: Props) {
  const rows: Row[] = (['p50', 'p95', 'p99'] as const).map((name) => ({
    name,
    a: a[name],
    b: b[name],
    change: changes[name] ?? null,
  }));
  const format = (value: number) => formatTimeIn(value, a.unit);
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeading className="pl-4">Quantile</TableHeading>
          <TableHeading numeric>
            <SideMark side="a" name={names.a} />
          </TableHeading>
          <TableHeading numeric>
            <SideMark side="b" name={names.b} />
          </TableHeading>
          <TableHeading className="pr-4">{names.b} takes, 95 % interval</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {rows.map(({ name, a: one, b: other, change }) => (
          <TableRow key={name}>
            <TableCell className="pl-4 text-ink-2">{name}</TableCell>
            <TableCell numeric>
              <Figure text={intervalInWords(one, format)} />
            </TableCell>
            <TableCell numeric className={cn(change !== null && change.high < 0 && 'font-semibold')}>
              <Figure text={intervalInWords(other, format)} />
            </TableCell>
            <TableCell className="pr-4 text-ink-2 sm:whitespace-nowrap">
              {change === null ? 'no interval of its own' : changeInWords(change)}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

/** A figure and its interval, which may stand below it and breaks nowhere else. */
function Figure({ text }: { text: string }) {
  const [figure, interval] = text.split(/ (?=\()/);
  return (
    <>
      <span className="whitespace-nowrap">{figure}</span> <span className="whitespace-nowrap">{interval}</span>
    </>
  );
}
