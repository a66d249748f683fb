import type { Histogram, TimeWindow } from './timeline-model.ts';
import type { TimelineScale } from './timeline-scale.ts';

/** One stacked series as the `d` of an SVG path, split into what is inside the brush and what is not. */
export type SeriesPaths = { series: string; inside: string; outside: string };

export type HistogramLayout = {
  height: number;
  /** In stacking order; all bars of a series are one path, so that 600 bars × 24 series are 48 nodes. */
  paths: SeriesPaths[];
  /** Pixels of the brush; null without one. */
  brush: { left: number; right: number } | null;
  /** Pixels of the high-water line; null where it is left or right of the window. */
  markX: number | null;
  /** From here to the right edge nothing is settled yet; the strip's width where all is settled. */
  unsettledFrom: number;
};

export type LayoutOptions = {
  scale: TimelineScale;
  height: number;
  brush: TimeWindow | null;
  /** Instant of the high-water mark, where it is known. */
  markAt: number | null;
};

/** A bar that has an event is at least this high, so that a single one in a busy year can be seen. */
const BAR_MIN_PX = 1.5;
/** Headroom above the highest bar. */
const HEADROOM_PX = 4;

/** Places the bars of a histogram, 1 px apart, stacked from the foot. */
export function layoutHistogram(histogram: Histogram, options: LayoutOptions): HistogramLayout {
  const { scale, height, brush, markAt } = options;
  const unit = histogram.peak > 0 ? (height - HEADROOM_PX) / histogram.peak : 0;
  const inside = new Map<string, string[]>();
  const outside = new Map<string, string[]>();

  for (const bar of histogram.bars) {
    const left = scale.x(bar.from);
    const right = scale.x(bar.to);
    if (right <= 0 || left >= scale.width) continue;
    const width = Math.max(1, right - left - 1);
    const grow = Math.max(1, BAR_MIN_PX / Math.max(bar.total * unit, Number.EPSILON));
    const middle = (bar.from + bar.to) / 2;
    const target = brush === null || (middle >= brush.from && middle < brush.to) ? inside : outside;
    let foot = height;
    for (const part of bar.parts) {
      const partHeight = part.count * unit * grow;
      push(target, part.series, rectangle(left, foot - partHeight, width, partHeight));
      foot -= partHeight;
    }
  }

  const markX = markAt === null ? null : scale.x(markAt);
  return {
    height,
    paths: histogram.series.map((series) => ({
      series,
      inside: (inside.get(series) ?? []).join(''),
      outside: (outside.get(series) ?? []).join(''),
    })),
    brush: brush === null ? null : clampedPixels(scale, brush),
    markX: markX !== null && markX >= 0 && markX <= scale.width ? markX : null,
    unsettledFrom: markX === null ? scale.width : Math.min(Math.max(markX, 0), scale.width),
  };
}

function clampedPixels(scale: TimelineScale, brush: TimeWindow): { left: number; right: number } {
  const clamp = (x: number) => Math.min(Math.max(x, 0), scale.width);
  return { left: clamp(scale.x(brush.from)), right: clamp(scale.x(brush.to)) };
}

function push(paths: Map<string, string[]>, series: string, path: string): void {
  const known = paths.get(series);
  if (known) known.push(path);
  else paths.set(series, [path]);
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

/** A hundredth of a pixel is enough, and halves the path. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
