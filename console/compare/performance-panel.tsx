'use client';

import { formatNumberOf } from '#console/format.ts';
import { EmptyState } from '#console/ui/empty-state.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import type { Report } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { CourseChart } from './course-chart.tsx';
import { DistributionChart } from './distribution-chart.tsx';
import { DistributionTable } from './distribution-table.tsx';
import { formatMetric, METRICS, versionName } from './experiment-words.ts';
import { FiguresCard } from './figures-card.tsx';
import { changeInWords, formatPercent } from './interval-words.ts';
import { ReadsCard } from './reads-card.tsx';

type Props = { experiment: Experiment; report: Report | null };

/** How the two perform on the same history: the deciding metric, distributions, costs, and how the answer came about. */
export function PerformancePanel({ experiment, report }: Props) {
  const performance = report?.performance ?? null;
  if (report === null || performance === null) {
    return (
      <EmptyState title="Performance was not measured yet." className="rounded-card border border-line bg-surface">
        Both versions are applied the same batches, and answer the same recorded read requests, in random order.
      </EmptyState>
    );
  }
  const names = { a: versionName(experiment, 'a'), b: versionName(experiment, 'b') };
  const { batch, course } = performance;
  return (
    <div className="flex flex-col gap-4">
      <MetricLine experiment={experiment} report={report} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <ReadsCard performance={performance} names={names} />
          {course.length === 0 ? null : (
            <Card
              title="Course of the time to apply a batch"
              note={`in ${names.b}, with an interval that holds at every look${
                experiment.metric === 'batch_ms' ? '' : '; another metric decides'
              }`}
            >
              <div className="px-2 pb-2">
                <CourseChart
                  title="Course of the batches"
                  course={course}
                  matters={experiment.matters}
                  noun="batches"
                />
              </div>
            </Card>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <FiguresCard performance={performance} names={names} />
          {batch === null ? null : (
            <Card
              title="Time to apply a batch"
              note={`${formatNumberOf(batch.a.count, 'batch', 'batches')}, log scale`}
            >
              <div className="px-2">
                <DistributionChart title="Time to apply a batch" a={batch.a} b={batch.b} names={names} height={220} />
              </div>
              <div className="border-line border-t">
                <DistributionTable
                  label="Time to apply a batch"
                  a={batch.a}
                  b={batch.b}
                  changes={{ p50: batch.change }}
                  names={names}
                />
              </div>
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}

/** The deciding metric in words, with what would matter and what is still needed. */
export function MetricLine({ experiment, report }: { experiment: Experiment; report: Report }) {
  const { metric, samplesNeeded } = report.verdict;
  if (metric === null) return <p className="text-ink-2">The metric that decides was not measured.</p>;
  const { a, b, unit, change, matters, samples } = metric;
  return (
    <p className="text-ink-2">
      <span className="font-semibold text-ink">
        {METRICS[metric.name].label}: {formatMetric(b, unit)} in {versionName(experiment, 'b')}, {formatMetric(a, unit)}{' '}
        in {versionName(experiment, 'a')}
      </span>
      , {changeInWords(change)} with 95 % confidence from {formatNumberOf(samples, 'pair')}. A change below{' '}
      {formatPercent(matters)} does not matter.
      {samplesNeeded === null ? '' : ` About ${formatNumberOf(samplesNeeded, 'more pair')} would decide it.`}
    </p>
  );
}
