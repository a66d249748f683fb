'use client';

import { useCallback, useMemo } from 'react';
import { useKeys } from '#console/keys/keys.tsx';
import { halfOf, moveBrush, twiceOf, zoomAround, zoomOut } from '#console/timeline/brush.ts';
import type { TimeWindow } from '#console/timeline/timeline-model.ts';
import {
  brushed,
  brushOf,
  type EventsFilterInput,
  type EventsView,
  formatStretch,
  histogramWindow,
} from './events-view.ts';
import { useOccurredAt } from './use-event-detail.ts';
import type { ChangeView } from './use-events-view.ts';
import { useNow } from './use-now.ts';
import { useHistogram } from './use-overview.ts';

type Options = {
  view: EventsView;
  filter: EventsFilterInput;
  /** The end of a relative range. */
  now: number;
  /** Undefined until known, null where the store is empty. */
  bounds: TimeWindow | null | undefined;
  onChange: ChangeView;
};

const NOTHING: TimeWindow = { from: 0, to: 1 };
/** Until the server has chosen a width. */
const BUCKETS_GUESSED = 120;
/** No stretch is halved to less. */
const STRETCH_MIN_MS = 10;

/** The window that the histogram shows, its bars, the brush in it, and what moves and zooms them. */
export function useTimeline({ view, filter, now: anchoredNow, bounds, onChange }: Options) {
  const now = useNow(anchoredNow, view.live);
  const window = useMemo(() => (bounds == null ? null : histogramWindow(view, bounds, now)), [bounds, view, now]);
  const { histogram, query } = useHistogram(filter, window, view.live);
  const selectedAt = useOccurredAt(view.sel);
  const shown = window ?? NOTHING;
  const whole = bounds ?? shown;
  const brush = useMemo(() => brushOf(view, shown), [view, shown]);
  const bucketMs = histogram?.bucketMs ?? (shown.to - shown.from) / BUCKETS_GUESSED;

  const onBrush = useCallback(
    (next: TimeWindow | null) => onChange(brushed(view, next, shown, whole)),
    [onChange, view, shown, whole],
  );
  const isWhole = (next: TimeWindow) => next.from <= whole.from && next.to >= whole.to;
  const zoomTo = (next: TimeWindow) => onChange({ range: null, zoom: isWhole(next) ? null : formatStretch(next) });
  const zoomIn = brush === null ? null : () => zoomTo(zoomAround(brush, whole));
  const zoomBack = shown.from > whole.from || shown.to < whole.to ? () => zoomTo(zoomOut(shown, whole)) : null;
  const step = (direction: -1 | 1) => {
    if (brush !== null) onBrush(moveBrush(brush, direction * bucketMs, shown));
  };
  // The histogram comes along, so that what is halved next is known by bars finer than itself.
  const showStretch = (next: TimeWindow, around: TimeWindow) =>
    onChange(isWhole(next) ? brushed(view, null, whole, whole) : brushed(view, next, around, whole));
  const further = () => {
    const stretch = brush ?? shown;
    if (histogram === undefined || stretch.to - stretch.from < 2 * STRETCH_MIN_MS) return;
    const inSight = selectedAt !== null && selectedAt >= stretch.from && selectedAt < stretch.to;
    const next = halfOf(stretch, histogram.bars, inSight ? selectedAt : null);
    showStretch(next, zoomAround(next, whole));
  };
  const back = () => {
    if (brush === null) return zoomBack?.();
    const next = twiceOf(brush, whole);
    const around = zoomAround(next, whole);
    showStretch(next, { from: Math.min(shown.from, around.from), to: Math.max(shown.to, around.to) });
  };
  useKeys([
    { keys: 'shift+ArrowLeft', label: 'Move the stretch back', group: 'Events', run: () => step(-1) },
    { keys: 'shift+ArrowRight', label: 'Move the stretch on', group: 'Events', run: () => step(1) },
    { keys: '+', label: 'Zoom in', group: 'Events', run: further },
    { keys: '-', label: 'Zoom out', group: 'Events', run: back },
  ]);
  return { window: shown, histogram, query, brush, onBrush, zoomIn, zoomOut: zoomBack };
}

export type Timeline = ReturnType<typeof useTimeline>;
