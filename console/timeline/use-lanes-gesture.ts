import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { DRAG_MIN_PX } from './brush.ts';
import { type LanesScale, panBy, zoomAt } from './lanes-scale.ts';
import type { TimeWindow } from './timeline-model.ts';

type Options = {
  scale: LanesScale;
  /** As far as one can pan and zoom. */
  limits: TimeWindow;
  /** Once at the end of a drag, and once a wheel has come to rest. */
  onWindow(window: TimeWindow, how: 'drag' | 'wheel'): void;
  onClick(x: number, y: number): void;
  onDoubleClick(): void;
};

/** The wheel has come to rest after this long. */
const WHEEL_REST_MS = 180;

/**
 * Ctrl+wheel zooms about the pointer, drag and sideways wheel pan. While a gesture lasts the window is a draft, drawn from
 * what is already here; at its end it is told.
 */
export function useLanesGesture(options: Options) {
  const [draft, setDraft] = useState<TimeWindow | null>(null);
  const newest = useRef({ ...options, draft });
  useEffect(() => {
    newest.current = { ...options, draft };
  });
  const grab = useRef<{ x: number; y: number; scale: LanesScale; moved: boolean } | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);

  const onWheel = useCallback((event: WheelEvent) => {
    const { scale, limits } = newest.current;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !event.metaKey && !sideways) return;
    event.preventDefault();
    const left = (event.currentTarget as Element).getBoundingClientRect().left;
    const next = sideways
      ? panBy(scale, -event.deltaX, limits)
      : zoomAt(scale, event.clientX - left, 1.0018 ** event.deltaY, limits);
    setDraft(next);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      newest.current.onWindow(next, 'wheel');
      setDraft(null);
    }, WHEEL_REST_MS);
  }, []);

  // React listens to the wheel passively, and then nothing can keep the page from zooming with it.
  const wheelRef = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      element.addEventListener('wheel', onWheel, { passive: false });
      return () => {
        element.removeEventListener('wheel', onWheel);
        clearTimeout(rest.current);
      };
    },
    [onWheel],
  );

  const pointOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const end = () => {
    grab.current = null;
    setDraft(null);
  };

  return {
    draft,
    wheelRef,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grab.current = { ...pointOf(event), scale: options.scale, moved: false };
      },
      onPointerMove(event: PointerEvent) {
        const held = grab.current;
        if (held === null) return;
        const dx = pointOf(event).x - held.x;
        held.moved ||= Math.abs(dx) >= DRAG_MIN_PX;
        if (held.moved) setDraft(panBy(held.scale, dx, options.limits));
      },
      onPointerUp(event: PointerEvent) {
        const held = grab.current;
        if (held === null) return;
        const { x, y } = pointOf(event);
        if (held.moved) options.onWindow(panBy(held.scale, x - held.x, options.limits), 'drag');
        else options.onClick(x, y);
        end();
      },
      onPointerCancel: end,
      onDoubleClick: options.onDoubleClick,
    },
  };
}
