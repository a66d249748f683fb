'use client';

import { useCallback } from 'react';
import { formatTime } from '#console/format-time.ts';
import { usePulse } from '#console/pulse.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { EventHistogram } from '#console/timeline/event-histogram.tsx';
import type { TimeWindow } from '#console/timeline/timeline-model.ts';
import { cn } from '#console/ui/cn.ts';
import { useCategoryHues } from '#console/use-category-hues.ts';
import { zoneOffsetMinutes } from '#console/wall-time.ts';
import { highWaterAt } from './high-water-at.ts';
import type { useBounds } from './use-overview.ts';
import type { Timeline } from './use-timeline.ts';

type Props = {
  timeline: Timeline;
  bounds: TimeWindow | null | undefined;
  boundsQuery: ReturnType<typeof useBounds>['query'];
  /** Lanes stand below: the same instant is under the same one. */
  aboveLanes: boolean;
};

/** The histogram of the whole range with its brush. An empty store has none. */
export function EventsStrip({ timeline, bounds, boundsQuery, aboveLanes }: Props) {
  const zone = useZone();
  const { pulse } = usePulse();
  const { window, histogram, query, brush, onBrush, zoomIn, zoomOut } = timeline;
  const offsetAt = useCallback((instant: number) => zoneOffsetMinutes(instant, zone), [zone]);
  const formatInstant = useCallback((instant: number) => formatTime(instant, zone, { date: 'always' }), [zone]);
  const hueOf = useCategoryHues();
  if (bounds === null) return null;
  const failed = bounds === undefined && boundsQuery.isError ? boundsQuery : query.isError ? query : null;
  return (
    <div className={cn('px-4 pb-2', aboveLanes && 'sm:ps-[calc(1rem+var(--lanes-gutter))]')}>
      {failed !== null && (
        <QueryError
          title="The histogram could not be read"
          error={failed.error}
          onRetry={() => void failed.refetch()}
          dataAt={histogram === undefined ? 0 : query.dataUpdatedAt}
          className="mb-2"
        />
      )}
      {(failed === null || histogram !== undefined) && (
        <EventHistogram
          histogram={histogram}
          window={window}
          brush={brush}
          onBrush={onBrush}
          onZoom={(direction) => (direction === 'in' ? zoomIn : zoomOut)?.()}
          markAt={pulse && bounds ? highWaterAt(pulse, window, bounds) : null}
          held={pulse?.projections.heldBy != null}
          offsetAt={offsetAt}
          formatInstant={formatInstant}
          hueOf={hueOf}
        />
      )}
    </div>
  );
}
