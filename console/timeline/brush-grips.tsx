import type { KeyboardEvent } from 'react';
import { type BrushEdge, moveBrush, resizeBrush } from './brush.ts';
import type { TimeWindow } from './timeline-model.ts';
import type { TimelineScale } from './timeline-scale.ts';

type Props = {
  scale: TimelineScale;
  brush: TimeWindow | null;
  bucketMs: number;
  onBrush(brush: TimeWindow | null): void;
  formatInstant(instantMs: number): string;
};

const EDGES: { edge: BrushEdge; label: string }[] = [
  { edge: 'from', label: 'Stretch begins' },
  { edge: 'to', label: 'Stretch ends' },
];

/**
 * The brush, and a slider at each of its edges; without a brush they stand at the edges of the window, and moving one
 * makes a brush. Arrows move an edge by a bucket, Page keys by ten, Shift+arrows the whole.
 */
export function BrushGrips({ scale, brush, bucketMs, onBrush, formatInstant }: Props) {
  const current = brush ?? scale.window;
  const left = Math.max(0, scale.x(current.from));
  const right = Math.min(scale.width, scale.x(current.to));

  const onKeyDown = (edge: BrushEdge) => (event: KeyboardEvent) => {
    if (event.key === 'Escape' && brush !== null) {
      event.stopPropagation();
      onBrush(null);
      return;
    }
    const deltaMs = keyDelta(event.key, bucketMs, scale.window);
    if (deltaMs === null) return;
    event.preventDefault();
    event.stopPropagation();
    onBrush(
      event.shiftKey
        ? moveBrush(current, deltaMs, scale.window)
        : resizeBrush(current, edge, deltaMs, scale.window, bucketMs),
    );
  };

  return (
    <>
      {brush !== null && (
        <div
          className="pointer-events-none absolute inset-y-0 border-x border-ink bg-tide/7"
          style={{ left, width: Math.max(1, right - left) }}
        />
      )}
      {EDGES.map(({ edge, label }) => (
        <div
          key={edge}
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={Math.round(scale.window.from / 1000)}
          aria-valuemax={Math.round(scale.window.to / 1000)}
          aria-valuenow={Math.round(current[edge] / 1000)}
          aria-valuetext={formatInstant(current[edge])}
          onKeyDown={onKeyDown(edge)}
          className={`absolute top-1/2 -mt-3 flex h-6 w-3 cursor-ew-resize items-center justify-center rounded-gauge ${brush === null ? 'opacity-0 focus-visible:opacity-100' : ''}`}
          style={{ left: (edge === 'from' ? left : right) - 6 }}
        >
          <span className="h-[18px] w-[7px] rounded-gauge border border-ink bg-surface" />
        </div>
      ))}
    </>
  );
}

function keyDelta(key: string, bucketMs: number, window: TimeWindow): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -bucketMs;
    case 'ArrowRight':
    case 'ArrowUp':
      return bucketMs;
    case 'PageDown':
      return -10 * bucketMs;
    case 'PageUp':
      return 10 * bucketMs;
    case 'Home':
      return window.from - window.to;
    case 'End':
      return window.to - window.from;
    default:
      return null;
  }
}
