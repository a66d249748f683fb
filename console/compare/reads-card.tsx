'use client';

import { formatCount } from '#console/format.ts';
import type { PerformanceReport, Side } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { DistributionChart } from './distribution-chart.tsx';
import { DistributionTable } from './distribution-table.tsx';
import { SideMark } from './side-mark.tsx';

type Props = { performance: PerformanceReport | null; names: Record<Side, string> };

/** How long the recorded read requests take on each version. */
export function ReadsCard({ performance, names }: Props) {
  const reads = performance?.reads ?? null;
  if (reads === null) {
    return (
      <Card title="Read latency">
        <p className="border-line border-t px-4 py-3 text-ink-2">
          No read request of the last day was recorded, so none could be replayed against both. Requests to{' '}
          <code>/api/v1/read-models</code> are recorded as they come.
        </p>
      </Card>
    );
  }
  return (
    <Card
      title="Read latency"
      note={`${formatCount(reads.requests)} recorded requests against each, in turn, log scale`}
      aside={
        <span className="flex gap-4 text-small">
          <SideMark side="a" name={names.a} />
          <SideMark side="b" name={names.b} />
        </span>
      }
    >
      <div className="px-2">
        <DistributionChart title="Read latency" a={reads.a} b={reads.b} names={names} />
      </div>
      <div className="border-line border-t">
        <DistributionTable label="Read latency" a={reads.a} b={reads.b} changes={reads.change} names={names} />
      </div>
      <p className="border-line border-t px-4 py-2 text-ink-2 text-small">
        {reads.different === 0
          ? 'Every request gave the same rows on both.'
          : `${formatCount(reads.different)} requests gave other rows.`}{' '}
        {reads.errorsA + reads.errorsB === 0
          ? 'None failed.'
          : `${formatCount(reads.errorsA)} failed on ${names.a}, ${formatCount(reads.errorsB)} on ${names.b}.`}
      </p>
    </Card>
  );
}
