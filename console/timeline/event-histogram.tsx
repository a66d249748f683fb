'use client';

import { useId, useMemo } from 'react';
import { type EventHue, hueColor } from '#console/ui/event-glyph-model.ts';
import { Skeleton } from '#console/ui/skeleton.tsx';
import { BrushGrips } from './brush-grips.tsx';
import { HistogramBars } from './histogram-bars.tsx';
import { HistogramTooltip, useHoveredBar } from './histogram-tooltip.tsx';
import { TimelineAxis } from './timeline-axis.tsx';
import { layoutHistogram } from './timeline-layout.ts';
import { type Histogram, OTHER, type TimeWindow } from './timeline-model.ts';
import { type OffsetAt, timelineScale } from './timeline-scale.ts';
import { useBrushGesture } from './use-brush-gesture.ts';
import { useElementWidth } from './use-element-width.ts';

export type EventHistogramProps = {
  /** Undefined while the first answer is awaited. */
  histogram: Histogram | undefined;
  window: TimeWindow;
  brush: TimeWindow | null;
  onBrush(brush: TimeWindow | null): void;
  onZoom(direction: 'in' | 'out'): void;
  /** Instant of the high-water mark; null where it is unknown. `held` says that something holds it. */
  markAt: number | null;
  held: boolean;
  offsetAt: OffsetAt;
  formatInstant(instantMs: number): string;
  /** The same for a category whatever else is in view. */
  hueOf(category: string): EventHue;
};

export const HISTOGRAM_HEIGHT_PX = 52;

/**
 * The whole range as stacked bars with a brush: by drag, by its edges, and by keyboard through two sliders. What lies
 * past the high-water line is hatched.
 */
export function EventHistogram(props: EventHistogramProps) {
  const { histogram, window, brush, onBrush, onZoom, markAt, held, offsetAt, formatInstant, hueOf } = props;
  const { ref, width } = useElementWidth();
  const clipId = useId();
  const bucketMs = histogram?.bucketMs ?? Math.max(1, (window.to - window.from) / 120);
  const scale = useMemo(() => timelineScale(window, width), [window, width]);
  const { draft, handlers } = useBrushGesture({ scale, bucketMs, brush, onBrush });
  const shownBrush = draft ?? brush;
  const layout = useMemo(
    () => histogram && layoutHistogram(histogram, { scale, height: HISTOGRAM_HEIGHT_PX, brush: shownBrush, markAt }),
    [histogram, scale, shownBrush, markAt],
  );
  const colours = useMemo(() => seriesColours(histogram?.series ?? [], hueOf), [histogram, hueOf]);
  const hover = useHoveredBar(histogram, scale);

  return (
    <div ref={ref} className="relative select-none">
      {width > 0 && (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the two sliders do the same by keyboard */}
          <div
            className="relative touch-pan-y"
            style={{ height: HISTOGRAM_HEIGHT_PX, cursor: 'crosshair' }}
            onDoubleClick={() => onZoom(brush === null ? 'out' : 'in')}
            {...handlers}
            onPointerMove={(event) => {
              handlers.onPointerMove(event);
              hover.onPointerMove(event);
            }}
            onPointerLeave={hover.onPointerLeave}
          >
            <svg width={width} height={HISTOGRAM_HEIGHT_PX} className="block overflow-visible" aria-hidden="true">
              <clipPath id={clipId}>
                <rect width={width} height={HISTOGRAM_HEIGHT_PX} />
              </clipPath>
              <line x2={width} y1={HISTOGRAM_HEIGHT_PX - 0.5} y2={HISTOGRAM_HEIGHT_PX - 0.5} stroke="var(--line-2)" />
              <g clipPath={`url(#${clipId})`}>{layout && <HistogramBars layout={layout} colours={colours} />}</g>
            </svg>
            {histogram?.countedFrom != null && (
              <Uncounted width={scale.x(histogram.countedFrom)} until={formatInstant(histogram.countedFrom)} />
            )}
            {!layout && <Skeleton className="pointer-events-none absolute inset-0 h-full" />}
            {layout && <Unsettled from={layout.unsettledFrom} markX={layout.markX} width={width} held={held} />}
            <BrushGrips
              scale={scale}
              brush={shownBrush}
              bucketMs={bucketMs}
              onBrush={onBrush}
              formatInstant={formatInstant}
            />
          </div>
          <TimelineAxis scale={scale} offsetAt={offsetAt} markX={layout?.markX ?? null} held={held} />
          {draft === null && (
            <HistogramTooltip bar={hover.bar} scale={scale} colours={colours} formatInstant={formatInstant} />
          )}
        </>
      )}
      {width === 0 && <div style={{ height: HISTOGRAM_HEIGHT_PX + 20 }} />}
    </div>
  );
}

function seriesColours(names: readonly string[], hueOf: (name: string) => EventHue): Map<string, string> {
  return new Map(names.map((name) => [name, name === OTHER ? 'var(--ink-4)' : hueColor(hueOf(name))]));
}

/** The name fits into a hatch of this width. */
const UNCOUNTED_NAMED_PX = 96;

/** What was not counted, because the filter is looked for in the newest positions alone: hatched, it is not zero. */
function Uncounted({ width, until }: { width: number; until: string }) {
  if (width < 1) return null;
  return (
    <div className="hatch hatch-line pointer-events-none absolute inset-y-0 left-0 overflow-hidden" style={{ width }}>
      <span className="sr-only">Not counted: what occurred before {until}.</span>
      {width < UNCOUNTED_NAMED_PX ? null : (
        <span
          aria-hidden
          className="-translate-1/2 absolute top-1/2 left-1/2 whitespace-nowrap bg-surface px-1 text-ink-3 text-micro"
        >
          not counted
        </span>
      )}
    </div>
  );
}

/** What is past the mark, hatched, and the mark itself. */
function Unsettled({ from, markX, width, held }: { from: number; markX: number | null; width: number; held: boolean }) {
  return (
    <>
      {width - from > 1 && (
        <div
          className={held ? 'hatch hatch-warn absolute inset-y-0' : 'hatch hatch-tide absolute inset-y-0'}
          style={{ left: from, width: width - from, pointerEvents: 'none' }}
        />
      )}
      {markX !== null && (
        <div
          className="fill-mark absolute inset-y-0 w-[1.5px] bg-tide"
          style={{ left: Math.min(markX, width - 1.5), pointerEvents: 'none' }}
        />
      )}
    </>
  );
}
