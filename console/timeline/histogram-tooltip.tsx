import { type PointerEvent, useState } from 'react';
import type { Bar, Histogram } from './timeline-model.ts';
import type { TimelineScale } from './timeline-scale.ts';

/** The bar beneath the pointer. */
export function useHoveredBar(histogram: Histogram | undefined, scale: TimelineScale) {
  const [bar, setBar] = useState<Bar | null>(null);
  return {
    bar,
    onPointerMove(event: PointerEvent) {
      const at = scale.instant(event.clientX - event.currentTarget.getBoundingClientRect().left);
      setBar(histogram?.bars.find((candidate) => at >= candidate.from && at < candidate.to) ?? null);
    },
    onPointerLeave: () => setBar(null),
  };
}

type Props = {
  bar: Bar | null;
  scale: TimelineScale;
  colours: ReadonlyMap<string, string>;
  formatInstant(instantMs: number): string;
};

const WIDTH_PX = 200;

/** What the bar stands for, in figures. */
export function HistogramTooltip({ bar, scale, colours, formatInstant }: Props) {
  if (bar === null) return null;
  const middle = scale.x((bar.from + bar.to) / 2);
  return (
    <div
      className="pointer-events-none absolute top-full z-20 -mt-3 rounded-control bg-raised px-2.5 py-2 text-small shadow-float"
      style={{ width: WIDTH_PX, left: Math.min(Math.max(middle - WIDTH_PX / 2, 0), scale.width - WIDTH_PX) }}
    >
      <div className="text-ink-3">{formatInstant(bar.from)}</div>
      {bar.parts.toReversed().map((part) => (
        <div key={part.series} className="flex items-center gap-2">
          <span className="size-2 rounded-gauge" style={{ background: colours.get(part.series) }} />
          <span className="flex-1 truncate">{part.series}</span>
          <span>{part.count.toLocaleString('en-US')}</span>
        </div>
      ))}
    </div>
  );
}
