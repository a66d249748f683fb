'use client';

import { Area, CartesianGrid, ComposedChart, Line, ReferenceDot, ReferenceLine, XAxis, YAxis } from 'recharts';
import { formatBound, formatCount, formatRate, formatSeconds } from '#console/format.ts';
import { formatClock } from '#console/format-time.ts';
import type { ProjectionVersion } from '#server/projections/status.ts';
import { CandidateLegend, ChartPanel, RatesLegend } from './chart-panel.tsx';
import type { LagChart, LagMark } from './lag-chart-model.ts';

type Props = {
  chart: LagChart;
  zone: string;
  objective: number;
  stale: boolean;
  /** Moments of note, drawn through both panels. */
  marks: readonly LagMark[];
  /** The version that is built beside the serving one. */
  candidate?: Pick<ProjectionVersion, 'version' | 'lagSeconds' | 'built'> | undefined;
};

const LABEL = { fontSize: 11, fill: 'var(--ink-3)' };
const MARGIN = { top: 8, right: 14, bottom: 0, left: 0 };
const TICKS = 6;

/** The mark's line is the only solid vertical one; the second label stands a line lower. */
const MARK = {
  held: { stroke: 'var(--tide)', text: 'var(--tide)', dashes: undefined, dy: 0 },
  behind: { stroke: 'var(--warn-solid)', text: 'var(--warn)', dashes: '2 3', dy: 16 },
} as const;

/** Seconds behind with its objective, and below it the rates in and out with what falls behind shaded: one time axis. */
export function LagCharts({ chart, zone, objective, stale, marks, candidate }: Props) {
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
  const late = behind > objective;
  const lagColour = stroke ?? (late ? 'var(--warn-solid)' : 'var(--tide)');
  const lines = (named: boolean) =>
    marks.map(({ at, label, kind }) => (
      <ReferenceLine
        key={kind}
        x={at}
        stroke={MARK[kind].stroke}
        strokeWidth={1.5}
        strokeDasharray={MARK[kind].dashes}
        label={
          named
            ? {
                value: `${label} ${formatClock(at, zone)}`,
                // Towards the middle, where there is room.
                position: at > (from + to) / 2 ? 'insideTopRight' : 'insideTopLeft',
                dy: MARK[kind].dy,
                fontSize: 11,
                fontWeight: 500,
                fill: MARK[kind].text,
              }
            : undefined
        }
      />
    ));
  return (
    <div className="flex flex-col gap-4">
      <ChartPanel
        title="Seconds behind"
        summary={`${formatSeconds(behind)} behind now, objective ${formatBound(objective)}${
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
            tickFormatter={(value: number) => (value === 0 ? '0' : formatBound(value))}
          />
          <ReferenceLine
            y={objective}
            stroke="var(--ink-2)"
            strokeDasharray="4 3"
            label={{
              value: `objective ${formatBound(objective)}`,
              position: 'insideBottomLeft',
              fontSize: 11,
              fill: 'var(--ink-2)',
            }}
          />
          {lines(true)}
          <Area
            dataKey="lagSeconds"
            fill={late && !stale ? 'var(--warn-soft)' : 'none'}
            stroke="none"
            isAnimationActive={false}
            connectNulls={false}
          />
          <Line
            dataKey="lagSeconds"
            stroke={lagColour}
            strokeWidth={1.6}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
          {late && last !== undefined ? (
            <ReferenceDot
              x={last.at}
              y={behind}
              r={3}
              fill={lagColour}
              stroke="none"
              label={{
                value: formatSeconds(behind),
                position: 'left',
                fontSize: 12,
                fontWeight: 600,
                fill: stale ? 'var(--ink-3)' : 'var(--warn)',
              }}
            />
          ) : null}
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
      </ChartPanel>
      <ChartPanel
        title="Events a second"
        summary={`in ${formatRate(last?.arrivalRate ?? 0)}, out ${formatRate(last?.drainRate ?? 0)} a second now`}
        legend={<RatesLegend />}
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
            tickFormatter={(value: number) => (Number.isInteger(value) ? formatCount(value) : formatRate(value))}
          />
          {lines(false)}
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
      </ChartPanel>
    </div>
  );
}
