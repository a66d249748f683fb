'use client';

import { Area, CartesianGrid, ComposedChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import { useElementWidth } from '#console/timeline/use-element-width.ts';
import type { Distribution, Side } from '#server/compare/report.ts';
import { AXIS_LABEL, AXIS_LINE, ChartFrame } from './chart-frame.tsx';
import { distributionChart, type QuantileMark } from './distribution-model.ts';
import { formatTimeIn } from './experiment-words.ts';
import { SIDE_COLOUR, SIDE_DASH } from './side-mark.tsx';

type Props = { title: string; a: Distribution; b: Distribution; names: Record<Side, string>; height?: number };

const LABEL_ROW_PX = 15;
const AXIS_PX = 24;
// At the sides half of a label such as "200 ms" must fit.
const MARGIN = { top: 10, right: 22, bottom: 0, left: 14 };

/** Two distributions as steps over a logarithmic axis, their p50 and p99 as named dashes. */
export function DistributionChart({ title, a, b, names, height = 260 }: Props) {
  const { ref, width: widthPx } = useElementWidth();
  const chart = distributionChart(a, b, names, Math.max(200, (widthPx || 540) - MARGIN.left - MARGIN.right));
  const headPx = chart.rows * LABEL_ROW_PX + 6;
  const plotPx = Math.max(40 + headPx, height - AXIS_PX - MARGIN.top);
  // The head room is for the names of the dashes.
  const top = (Math.max(...chart.steps.flatMap(({ a: one, b: other }) => [one, other])) * plotPx) / (plotPx - headPx);
  const label = chart.marks.map((mark) => mark.label).join(', ');
  return (
    <div ref={ref}>
      <ChartFrame label={`${title}: ${label}`} height={height}>
        <ComposedChart data={chart.steps} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            dataKey="x"
            type="number"
            scale="log"
            domain={[chart.from, chart.to]}
            allowDataOverflow
            ticks={chart.ticks}
            interval={0}
            tickLine={false}
            height={AXIS_PX}
            axisLine={AXIS_LINE}
            tick={AXIS_LABEL}
            tickFormatter={(value: number) => tickText(value, chart.unit)}
          />
          <YAxis hide domain={[0, top]} />
          {(['a', 'b'] as const).map((side) => (
            <Area
              key={side}
              dataKey={side}
              type="stepAfter"
              stroke={SIDE_COLOUR[side]}
              strokeWidth={1.6}
              strokeDasharray={SIDE_DASH[side]}
              fill={SIDE_COLOUR[side]}
              fillOpacity={0.14}
              isAnimationActive={false}
            />
          ))}
          {/* A dash begins beside its own name, and all names lie over all dashes. */}
          {chart.marks.map((mark) => (
            <ReferenceLine
              key={`${mark.side} ${mark.name}`}
              segment={[
                { x: mark.value, y: 0 },
                { x: mark.value, y: top * (1 - (mark.row * LABEL_ROW_PX) / plotPx) },
              ]}
              stroke={SIDE_COLOUR[mark.side]}
              strokeDasharray="3 3"
            />
          ))}
          {chart.marks.map((mark) => (
            <ReferenceLine
              key={`name of ${mark.side} ${mark.name}`}
              x={mark.value}
              stroke="none"
              label={(props: { viewBox?: { x?: number; y?: number } }) => <MarkLabel mark={mark} {...props} />}
            />
          ))}
        </ComposedChart>
      </ChartFrame>
    </div>
  );
}

function MarkLabel({ mark, viewBox }: { mark: QuantileMark; viewBox?: { x?: number; y?: number } }) {
  return (
    <text
      x={(viewBox?.x ?? 0) + (mark.left ? -5 : 5)}
      y={(viewBox?.y ?? 0) + 9 + mark.row * LABEL_ROW_PX}
      textAnchor={mark.left ? 'end' : 'start'}
      fontSize={11}
      fill="var(--ink)"
      // The dash of another mark may run through it.
      stroke="var(--surface)"
      strokeWidth={4}
      paintOrder="stroke"
    >
      {mark.label}
    </text>
  );
}

function tickText(value: number, unit: 'ms' | 'us'): string {
  return value >= 1 ? `${value} ${unit === 'ms' ? 'ms' : 'µs'}` : formatTimeIn(value, unit);
}
