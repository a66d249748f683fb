'use client';

import { useState } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Rectangle,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatRate } from '#console/format.ts';
import { formatClock } from '#console/format-time.ts';
import { type DensityChart as Chart, type DensityBar, sum, timeTicks } from './density-chart-model.ts';
import { DensityTooltip } from './density-tooltip.tsx';

type Props = {
  chart: Chart;
  colorOf: (layer: string) => string;
  zone: string;
  now: number;
  markLabel: string;
  held: boolean;
};

/** Below it the names of times would meet. */
const NARROW_PX = 520;
const LABEL = { fontSize: 11, fill: 'var(--ink-3)' };

/** Bars a pixel apart; past the high-water line they are muted, under a hatch. */
export function DensityChart({ chart, colorOf, zone, now, markLabel, held }: Props) {
  const { bars, layers, top, highest } = chart;
  const [width, setWidth] = useState(720);
  const firstPast = bars.find(({ past }) => past) ?? bars.at(-1);
  const last = bars.at(-1);
  return (
    <>
      <p className="sr-only">{inWords(chart, zone)}</p>
      <div aria-hidden className="absolute inset-0 pt-1 pr-1 pb-1 sm:pl-1.5">
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 720, height: 180 }}
          onResize={setWidth}
        >
          <BarChart
            data={bars}
            margin={{ top: 22, right: 12, bottom: 0, left: 0 }}
            barCategoryGap={0.5}
            accessibilityLayer={false}
          >
            <defs>
              <pattern id="past-mark" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(25)">
                <line x1="0" x2="0" y1="0" y2="5" stroke="var(--tide-2)" strokeWidth="1.4" />
              </pattern>
            </defs>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="start"
              ticks={timeTicks(bars, width < NARROW_PX ? 20 : 10)}
              interval={0}
              tickLine={false}
              height={24}
              axisLine={{ stroke: 'var(--line-2)' }}
              tick={<TimeTick zone={zone} last={last?.start ?? 0} now={now} />}
            />
            <YAxis
              width={44}
              domain={[0, top]}
              ticks={[0, top / 2, top]}
              tickFormatter={(value: number) => (value >= 1000 ? formatRate(value) : String(value))}
              tickLine={false}
              axisLine={false}
              tick={LABEL}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--line)', opacity: 0.6 }}
              content={<DensityTooltip layers={layers} colorOf={colorOf} zone={zone} />}
            />
            {layers.map((layer) => (
              <Bar
                key={layer}
                dataKey={(bar: DensityBar) => bar.rates[layer] ?? 0}
                name={layer}
                stackId="events"
                fill={colorOf(layer)}
                isAnimationActive={false}
                shape={BarPiece}
              />
            ))}
            {firstPast === undefined || last === undefined ? null : (
              <>
                <ReferenceArea
                  x1={firstPast.start}
                  x2={last.start}
                  fill="url(#past-mark)"
                  fillOpacity={held || firstPast !== last ? 0.8 : 0.45}
                  ifOverflow="visible"
                />
                <ReferenceLine
                  x={firstPast.start}
                  position="start"
                  stroke="var(--tide)"
                  strokeWidth={1.5}
                  label={<MarkLabel text={markLabel} leftward={bars.indexOf(firstPast) > bars.length / 3} />}
                />
              </>
            )}
          </BarChart>
        </ResponsiveContainer>
      </div>
      {highest === null ? null : <span className="sr-only">Times are in {zone}</span>}
    </>
  );
}

type PieceProps = { x?: number; y?: number; width?: number; height?: number; fill?: string; payload?: DensityBar };

/** Full strength up to the mark, muted past it. */
function BarPiece({ x, y, width, height, fill, payload }: PieceProps) {
  return (
    <Rectangle x={x} y={y} width={width} height={height} fill={fill} opacity={payload?.past === true ? 0.42 : 0.85} />
  );
}

type TickProps = { x?: number; y?: number; payload?: { value: number }; zone: string; last: number; now: number };

function TimeTick({ x = 0, y = 0, payload, zone, last, now }: TickProps) {
  const value = payload?.value ?? 0;
  const isLast = value === last;
  return (
    <text
      x={isLast ? x + 8 : x}
      y={y + 12}
      textAnchor={isLast ? 'end' : 'middle'}
      fontSize={11}
      fill={isLast ? 'var(--ink-2)' : 'var(--ink-3)'}
    >
      {isLast ? formatClock(now, zone) : formatClock(value, zone).slice(0, 5)}
    </text>
  );
}

function MarkLabel({
  viewBox,
  text,
  leftward,
}: {
  viewBox?: { x?: number; y?: number };
  text: string;
  leftward: boolean;
}) {
  return (
    <text
      x={(viewBox?.x ?? 0) + (leftward ? -6 : 6)}
      y={(viewBox?.y ?? 0) - 8}
      textAnchor={leftward ? 'end' : 'start'}
      fontSize={11}
      fontWeight={500}
      fill="var(--tide)"
    >
      {text}
    </text>
  );
}

function inWords({ bars, highest }: Chart, zone: string): string {
  if (highest === null) return 'No event in the last hour.';
  const latest = sum(bars.at(-2)?.rates ?? {});
  return `At most ${formatRate(highest.rate)} events a second, at ${formatClock(highest.start, zone)}; ${formatRate(latest)} in the last full half minute.`;
}
