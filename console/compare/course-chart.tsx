'use client';

import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import { formatCount } from '#console/format.ts';
import type { Interval } from '#server/compare/report.ts';
import { AXIS_LABEL, AXIS_LINE, ChartFrame } from './chart-frame.tsx';
import { courseChart } from './course-model.ts';
import { evenTicks, logTicks } from './distribution-model.ts';
import { changeInWords, formatPercent } from './interval-words.ts';

type Props = {
  title: string;
  course: readonly { samples: number; change: Interval }[];
  /** A change smaller than this does not matter; drawn as two dashes. */
  matters: number;
  /** What is counted on the axis: "pairs", "reads". */
  noun: string;
};

/** How the answer narrowed: the estimate, the band that holds the truth at every look, and what would matter. */
export function CourseChart({ title, course, matters, noun }: Props) {
  const { points, log, from, to, bottom, top } = courseChart(course, matters);
  const last = course.at(-1);
  const signed = (value: number) => (value === 0 ? 'equal' : `${value < 0 ? '−' : '+'}${formatPercent(value)}`);
  return (
    <ChartFrame
      label={`${title}: after ${formatCount(last?.samples ?? 0)} ${noun} ${last ? changeInWords(last.change) : 'nothing'}`}
      height={190}
    >
      <ComposedChart data={points} margin={{ top: 8, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x"
          type="number"
          scale={log ? 'log' : 'linear'}
          domain={[from, to]}
          ticks={log ? logTicks(from, to) : evenTicks(from, to, { least: 1 })}
          interval={0}
          tickLine={false}
          height={22}
          axisLine={AXIS_LINE}
          tick={AXIS_LABEL}
          tickFormatter={(value: number) => formatCount(value)}
        />
        <YAxis
          width={58}
          domain={[bottom, top]}
          ticks={evenTicks(bottom, top, { most: 5 })}
          tickLine={false}
          axisLine={false}
          tick={AXIS_LABEL}
          tickFormatter={signed}
        />
        <Area dataKey="band" stroke="none" fill="var(--tide-2)" fillOpacity={0.22} isAnimationActive={false} />
        <ReferenceLine y={0} stroke="var(--line-2)" />
        {[-matters, matters].map((y) => (
          <ReferenceLine
            key={y}
            y={y}
            stroke="var(--ink-2)"
            strokeDasharray="4 3"
            label={
              y > 0
                ? {
                    value: `${formatPercent(matters)} matters`,
                    position: 'insideBottomRight',
                    fontSize: 11,
                    fill: 'var(--ink-2)',
                  }
                : undefined
            }
          />
        ))}
        <Line dataKey="estimate" stroke="var(--tide)" strokeWidth={1.6} dot={false} isAnimationActive={false} />
      </ComposedChart>
    </ChartFrame>
  );
}
