'use client';

import { ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { formatTime } from '#console/format-time.ts';
import { useKeys } from '#console/keys/keys.tsx';
import { usePulse } from '#console/pulse.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { moveBrush, zoomAround, zoomOut } from '#console/timeline/brush.ts';
import { EventHistogram } from '#console/timeline/event-histogram.tsx';
import type { TimeWindow } from '#console/timeline/timeline-model.ts';
import { Button } from '#console/ui/button.tsx';
import { zoneOffsetMinutes } from '#console/wall-time.ts';
import type { Facets } from '#server/explorer/explorer.ts';
import {
  brushed,
  brushOf,
  type EventsFilterInput,
  type EventsView,
  formatStretch,
  histogramWindow,
} from './events-view.ts';
import { highWaterAt } from './high-water-at.ts';
import type { ChangeView } from './use-events-view.ts';
import { useHistogram } from './use-overview.ts';

type Props = {
  view: EventsView;
  filter: EventsFilterInput;
  now: number;
  /** Undefined until known, null where the store is empty. */
  bounds: TimeWindow | null | undefined;
  facets: Facets | undefined;
  onChange: ChangeView;
};

const NOTHING: TimeWindow = { from: 0, to: 1 };

/** The histogram of the whole range with its brush, and what moves it by keyboard. */
export function EventsStrip({ view, filter, now, bounds, facets, onChange }: Props) {
  const zone = useZone();
  const { pulse } = usePulse();
  const window = useMemo(
    () => (bounds === undefined || bounds === null ? null : histogramWindow(view, bounds, now)),
    [bounds, view, now],
  );
  const { histogram, query } = useHistogram(filter, window, view.live);
  const shown = window ?? NOTHING;
  const whole = bounds ?? shown;
  const brush = useMemo(() => brushOf(view, shown), [view, shown]);
  const bucketMs = histogram?.bucketMs ?? (shown.to - shown.from) / 120;

  const onBrush = useCallback(
    (next: TimeWindow | null) => onChange(brushed(view, next, shown, whole)),
    [onChange, view, shown, whole],
  );
  const onZoom = (direction: 'in' | 'out') => {
    const next = direction === 'in' && brush !== null ? zoomAround(brush, whole) : zoomOut(shown, whole);
    const isWhole = next.from <= whole.from && next.to >= whole.to;
    onChange({ range: null, zoom: isWhole ? null : formatStretch(next) });
  };
  const step = (direction: -1 | 1) => {
    if (brush !== null) onBrush(moveBrush(brush, direction * bucketMs, shown));
  };
  useKeys([
    { keys: 'shift+ArrowLeft', label: 'Move the stretch back', group: 'Events', run: () => step(-1) },
    { keys: 'shift+ArrowRight', label: 'Move the stretch on', group: 'Events', run: () => step(1) },
    { keys: '+', label: 'Zoom in to the stretch', group: 'Events', run: () => onZoom('in') },
    { keys: '-', label: 'Zoom out', group: 'Events', run: () => onZoom('out') },
  ]);

  const offsetAt = useCallback((instant: number) => zoneOffsetMinutes(instant, zone), [zone]);
  const formatInstant = useCallback((instant: number) => formatTime(instant, zone, { date: 'always' }), [zone]);
  const categories = useMemo(() => facets?.categories.map((item) => item.value) ?? [], [facets]);
  if (bounds === null) return null;
  return (
    <div className="relative px-4 pb-2">
      <ZoomButtons
        onIn={brush === null ? null : () => onZoom('in')}
        onOut={shown.from > whole.from || shown.to < whole.to ? () => onZoom('out') : null}
      />
      {query.isError && histogram === undefined ? (
        <QueryError title="The histogram could not be read" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <EventHistogram
          histogram={histogram}
          window={shown}
          brush={brush}
          onBrush={onBrush}
          onZoom={onZoom}
          markAt={pulse && bounds ? highWaterAt(pulse, shown, bounds) : null}
          held={pulse?.projections.heldBy != null}
          offsetAt={offsetAt}
          formatInstant={formatInstant}
          categories={categories}
        />
      )}
    </div>
  );
}

/** Offered only where there is something to zoom to. */
function ZoomButtons({ onIn, onOut }: { onIn: (() => void) | null; onOut: (() => void) | null }) {
  if (onIn === null && onOut === null) return null;
  return (
    <div className="absolute end-4 top-0 z-10 flex rounded-control border border-line-2 bg-surface">
      {onIn !== null && (
        <Button variant="ghost" icon onClick={onIn} title="Zoom to the stretch (+)" aria-label="Zoom to the stretch">
          <ZoomIn strokeWidth={1.75} aria-hidden />
        </Button>
      )}
      {onOut !== null && (
        <Button variant="ghost" icon onClick={onOut} title="Zoom out (-)" aria-label="Zoom out">
          <ZoomOut strokeWidth={1.75} aria-hidden />
        </Button>
      )}
    </div>
  );
}
