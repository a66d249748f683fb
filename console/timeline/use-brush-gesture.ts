import { type PointerEvent, useRef, useState } from 'react';
import { type BrushEdge, brushFromDrag, DRAG_MIN_PX, moveBrush, resizeBrush } from './brush.ts';
import type { TimeWindow } from './timeline-model.ts';
import type { TimelineScale } from './timeline-scale.ts';

type Grab = { kind: 'new' | 'move' | BrushEdge; startX: number; brush: TimeWindow | null };

/** Pixels round an edge in which the pointer takes that edge. */
const GRIP_REACH_PX = 8;

type Options = {
  scale: TimelineScale;
  bucketMs: number;
  brush: TimeWindow | null;
  /** Called once, at the end of a gesture; null where a click took the brush away. */
  onBrush(brush: TimeWindow | null): void;
};

/** Drag draws a brush, an edge resizes it, its middle moves it, a click beside it takes it away, Esc gives up. */
export function useBrushGesture({ scale, bucketMs, brush, onBrush }: Options) {
  const [draft, setDraft] = useState<TimeWindow | null>(null);
  const grab = useRef<Grab | null>(null);

  const xOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;

  const dragged = (held: Grab, x: number): TimeWindow | null => {
    if (Math.abs(x - held.startX) < DRAG_MIN_PX) return held.kind === 'new' ? null : held.brush;
    if (held.kind === 'new' || held.brush === null) return brushFromDrag(scale, held.startX, x, bucketMs);
    const deltaMs = roundTo(scale.instant(x) - scale.instant(held.startX), bucketMs);
    return held.kind === 'move'
      ? moveBrush(held.brush, deltaMs, scale.window)
      : resizeBrush(held.brush, held.kind, deltaMs, scale.window, bucketMs);
  };

  return {
    /** The brush as it is being drawn; null outside a gesture. */
    draft,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const startX = xOf(event);
        grab.current = { kind: whatIsAt(startX, scale, brush), startX, brush };
      },
      onPointerMove(event: PointerEvent) {
        if (grab.current !== null) setDraft(dragged(grab.current, xOf(event)));
      },
      onPointerUp(event: PointerEvent) {
        if (grab.current === null) return;
        const next = dragged(grab.current, xOf(event));
        grab.current = null;
        setDraft(null);
        if (next?.from !== brush?.from || next?.to !== brush?.to) onBrush(next);
      },
      onPointerCancel() {
        grab.current = null;
        setDraft(null);
      },
    },
  };
}

function whatIsAt(x: number, scale: TimelineScale, brush: TimeWindow | null): Grab['kind'] {
  if (brush === null) return 'new';
  const from = scale.x(brush.from);
  const to = scale.x(brush.to);
  if (Math.abs(x - to) <= GRIP_REACH_PX) return 'to';
  if (Math.abs(x - from) <= GRIP_REACH_PX) return 'from';
  return x > from && x < to ? 'move' : 'new';
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}
