import type { ReactNode } from 'react';
import { ResponsiveContainer } from 'recharts';
import { formatSeconds } from '#console/format.ts';
import { buildingWord } from '#console/projections/version-acts.ts';
import { cn } from '#console/ui/cn.ts';
import type { ProjectionVersion } from '#server/projections/status.ts';

/** A chart with its title, what it says in words, and its legend. */
export function ChartPanel({
  title,
  summary,
  legend,
  height,
  children,
}: {
  title: string;
  summary: string;
  legend?: ReactNode;
  height: number;
  children: ReactNode;
}) {
  return (
    <figure aria-label={`${title}: ${summary}`}>
      <figcaption className="flex flex-wrap items-center gap-x-4 pb-1">
        <span className="whitespace-nowrap font-semibold">{title}</span>
        {legend}
      </figcaption>
      <div aria-hidden style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 720, height }}>
          {children as never}
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

/** The dashed line of a version that is built beside the serving one. */
export function CandidateLegend({
  version,
  lagSeconds,
  built,
}: Pick<ProjectionVersion, 'version' | 'lagSeconds' | 'built'>) {
  return (
    <span className="flex items-center gap-1.5 text-ink-2 text-small">
      <span aria-hidden className="w-4 border-ink-2 border-t-2 border-dashed" />v{version}, {buildingWord({ built })},{' '}
      {formatSeconds(lagSeconds)} behind
    </span>
  );
}

/** The lines of the rates, and what is shaded between them. */
export function RatesLegend() {
  const item = (className: string, word: string) => (
    <span className="flex items-center gap-1.5 text-ink-2 text-small">
      <span aria-hidden className={cn('w-4', className)} />
      {word}
    </span>
  );
  return (
    <>
      {item('h-0.5 bg-tide', 'in')}
      {item('h-0.5 bg-ink', 'out')}
      {item('hatch hatch-warn h-3', 'falling behind')}
    </>
  );
}
