'use client';

import type { ReactNode } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatRate, formatSeconds } from '#console/format.ts';
import { formatClock } from '#console/format-time.ts';
import { cn } from '#console/ui/cn.ts';
import type { ProjectionVersion } from '#server/projections/status.ts';
import type { LagChart } from './lag-chart-model.ts';

type Props = {
  chart: LagChart;
  zone: string;
  objective: number;
  stale: boolean;
  /** The version that is built beside the serving one. */
  candidate?: Pick<ProjectionVersion, 'version' | 'lagSeconds'> | undefined;
};

const LABEL = { fontSize: 11, fill: 'var(--ink-3)' };
const MARGIN = { top: 8, right: 14, bottom: 0, left: 0 };
const TICKS = 6;

/** Seconds behind with its objective, and below it the rates in and out with what falls behind shaded: one time axis. */
export function LagCharts({ chart, zone, objective, stale, candidate }: Props) {
  const { points, from, to, secondsTop, rateTop } = chart;
  const ticks = Array.from({ length: TICKS }, (_, index) => from + ((to - from) * index) / (TICKS - 1));
  const last = points.at(-1);
  const stroke = stale ? 'var(--ink-3)' : undefined;
  const time = (
    <XAxis
      dataKey="at"
      type="number"
      domain={[from, to]}
      ticks={ticks}
      interval={0}
      tickLine={false}
      height={22}
      axisLine={{ stroke: 'var(--line-2)' }}
      tick={LABEL}
      tickFormatter={(at: number) => (at >= to - 500 ? 'now' : formatClock(at, zone).slice(0, 5))}
    />
  );
  const behind = last?.lagSeconds ?? 0;
  return (
    <div className="flex flex-col gap-4">
      <Panel
        title="Seconds behind"
        summary={`${formatSeconds(behind)} behind now, objective ${objective} s${
          candidate === undefined ? '' : `, v${candidate.version} ${formatSeconds(candidate.lagSeconds)} behind`
        }`}
        legend={candidate === undefined ? undefined : <CandidateLegend {...candidate} />}
        height={168}
      >
        <ComposedChart data={points} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          {time}
          <YAxis
            width={52}
            domain={[0, secondsTop]}
            allowDataOverflow
            ticks={[0, secondsTop / 2, secondsTop]}
            tickLine={false}
            axisLine={false}
            tick={LABEL}
            tickFormatter={(value: number) => (value === 0 ? '0' : formatSeconds(value))}
          />
          <ReferenceLine
            y={objective}
            stroke="var(--ink-2)"
            strokeDasharray="4 3"
            label={{
              value: `objective ${objective} s`,
              position: 'insideBottomLeft',
              fontSize: 11,
              fill: 'var(--ink-2)',
            }}
          />
          <Line
            dataKey="lagSeconds"
            stroke={stroke ?? (behind > objective ? 'var(--warn-solid)' : 'var(--tide)')}
            strokeWidth={1.6}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
          {candidate === undefined ? null : (
            <Line
              dataKey="candidateSeconds"
              stroke="var(--ink-2)"
              strokeWidth={1.6}
              strokeDasharray="5 4"
              dot={false}
              isAnimationActive={false}
              connectNulls={false}
            />
          )}
        </ComposedChart>
      </Panel>
      <Panel
        title="Events a second"
        summary={`in ${formatRate(last?.arrivalRate ?? 0)}, out ${formatRate(last?.drainRate ?? 0)} a second now`}
        legend={<Legend />}
        height={168}
      >
        <ComposedChart data={points} margin={MARGIN} accessibilityLayer={false}>
          <defs>
            <pattern
              id="falling-behind"
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(25)"
            >
              <line x1="0" x2="0" y1="0" y2="5" stroke="var(--warn-solid)" strokeWidth="1.4" />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          {time}
          <YAxis
            width={52}
            domain={[0, rateTop]}
            ticks={[0, rateTop / 2, rateTop]}
            tickLine={false}
            axisLine={false}
            tick={LABEL}
            tickFormatter={(value: number) => (value === 0 ? '0' : formatRate(value))}
          />
          <Area
            dataKey="gap"
            fill="url(#falling-behind)"
            stroke="none"
            isAnimationActive={false}
            connectNulls={false}
          />
          <Line
            dataKey="arrivalRate"
            stroke={stroke ?? 'var(--tide)'}
            strokeWidth={1.6}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="drainRate"
            stroke={stroke ?? 'var(--ink)'}
            strokeWidth={1.6}
            dot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </Panel>
    </div>
  );
}

function Panel({
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
      <figcaption className="flex items-center gap-4 pb-1">
        <span className="font-semibold">{title}</span>
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

function CandidateLegend({ version, lagSeconds }: NonNullable<Props['candidate']>) {
  return (
    <span className="flex items-center gap-1.5 text-ink-2 text-small">
      <span aria-hidden className="w-4 border-ink-2 border-t-2 border-dashed" />v{version}, being built,{' '}
      {formatSeconds(lagSeconds)} behind
    </span>
  );
}

function Legend() {
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
