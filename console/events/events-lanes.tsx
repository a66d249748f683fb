'use client';

import { useCallback, useMemo } from 'react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { usePulse } from '#console/pulse.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { hasCutBars } from '#console/timeline/lanes-model.ts';
import { LanesTimeline } from '#console/timeline/lanes-timeline.tsx';
import { OTHER, type TimeWindow } from '#console/timeline/timeline-model.ts';
import { type EventHue, eventHue } from '#console/ui/event-glyph-model.ts';
import { Skeleton } from '#console/ui/skeleton.tsx';
import { useCategoryHues } from '#console/use-category-hues.ts';
import { zoneOffsetMinutes } from '#console/wall-time.ts';
import { brushed, type EventsFilterInput, type EventsView } from './events-view.ts';
import { highWaterAt } from './high-water-at.ts';
import type { ChangeView } from './use-events-view.ts';
import { useLanes } from './use-lanes.ts';
import { useLanesBelow, useLanesPlace } from './use-lanes-place.ts';
import type { Timeline } from './use-timeline.ts';

type Props = {
  view: EventsView;
  filter: EventsFilterInput;
  timeline: Timeline;
  bounds: TimeWindow;
  onChange: ChangeView;
  onSelect(position: string): void;
};

/** The stretch of the brush as swimlanes: between the histogram of the whole and the table. */
export function EventsLanes({ view, filter, timeline, bounds, onChange, onSelect }: Props) {
  const zone = useZone();
  const { pulse } = usePulse();
  const lanesBy = view.lanes ?? 'category';
  const limits = timeline.window;
  const window = timeline.brush ?? limits;
  const { model, query } = useLanes({ filter, window, lanesBy, live: view.live, enabled: limits.to > limits.from + 1 });
  const offsetAt = useCallback((instant: number) => zoneOffsetMinutes(instant, zone), [zone]);
  const formatInstant = useCallback(
    (instant: number) => formatTime(new Date(instant), zone, { date: 'always', millis: true }),
    [zone],
  );
  const categoryHue = useCategoryHues();
  const place = useLanesPlace(lanesBy, model?.lanes.length);
  const scrolled = useLanesBelow(model?.lanes.length ?? 0);
  const hues = useMemo(
    () => laneHues(lanesBy, categoryHue, model?.lanes.map((lane) => lane.name) ?? []),
    [lanesBy, categoryHue, model],
  );
  const onWindow = (next: TimeWindow, how: 'drag' | 'wheel') => {
    const whole = next.from <= limits.from && next.to >= limits.to;
    onChange(brushed(view, whole ? null : next, limits, bounds), { history: how === 'drag' ? 'push' : 'replace' });
  };
  const onFit = () => timeline.brush !== null && onChange(brushed(view, null, limits, bounds));

  if (query.isError && model === undefined) {
    return (
      <QueryError
        title="The lanes could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
        className="mx-4 mb-2"
      />
    );
  }
  return (
    <section aria-label="Lanes" className={SECTION}>
      <div
        ref={scrolled.ref}
        onScroll={scrolled.look}
        className={SCROLLED}
        style={model === undefined ? { height: place.height } : undefined}
      >
        {model === undefined ? (
          <LanesSkeleton />
        ) : (
          <LanesTimeline
            model={model}
            window={window}
            limits={limits}
            onWindow={onWindow}
            onFit={onFit}
            selected={view.sel}
            onSelect={onSelect}
            hues={hues}
            markAt={pulse ? highWaterAt(pulse, window, bounds) : null}
            held={pulse?.projections.heldBy != null}
            offsetAt={offsetAt}
            formatInstant={formatInstant}
          />
        )}
      </div>
      <LanesNote
        newestOnly={query.data?.newestOnly ?? null}
        hasEvents={model?.hasEvents ?? true}
        cut={model !== undefined && hasCutBars(model, window)}
        below={scrolled.below}
        onMore={scrolled.more}
      />
    </section>
  );
}

/** Where the lanes will stand, while nothing is known of them yet: the table beneath keeps its place. */
export function LanesPlace({ lanesBy }: { lanesBy: string }) {
  const { height } = useLanesPlace(lanesBy, undefined);
  return (
    <div aria-hidden className={SECTION}>
      <div className={SCROLLED} style={{ height }}>
        <LanesSkeleton />
      </div>
      <div className="min-h-6.5" />
    </div>
  );
}

/** Until the first answer, below where the axis will be. */
function LanesSkeleton() {
  return <Skeleton className="my-6 h-[calc(100%-3rem)]" />;
}

const SECTION = 'border-line border-y px-4 max-sm:hidden';
/** As high as whole lanes are: none is cut. The bar would make the lanes narrower than the histogram above. */
const SCROLLED =
  'max-h-[calc(24px+round(down,42vh-24px,46px))] overflow-y-auto overflow-x-hidden [scrollbar-width:none]';

type NoteProps = { newestOnly: number | null; hasEvents: boolean; cut: boolean; below: number; onMore(): void };

/** What the picture leaves out. */
function LanesNote({ newestOnly, hasEvents, cut, below, onMore }: NoteProps) {
  return (
    <p className="flex min-h-6.5 flex-wrap items-center gap-x-2 text-ink-3 text-small">
      {below > 0 && (
        <button type="button" className="min-h-6 text-tide hover:underline" onClick={onMore}>
          {formatNumberOf(below, 'more lane')} below
        </button>
      )}
      {newestOnly !== null &&
        `Counted are the newest ${formatCount(newestOnly)} positions of this stretch, not what is hatched. `}
      {!hasEvents && 'More than 2,000 events: density only. Zoom in (Ctrl and wheel, or +) to see each. '}
      {cut && 'A broken bar is higher than it is drawn; the number beside the highest says how high.'}
    </p>
  );
}

/** Categories and types as everywhere; other lanes are drawn in ink. */
function laneHues(
  lanesBy: string,
  categoryHue: (category: string) => EventHue,
  names: readonly string[],
): Map<string, EventHue> {
  if (lanesBy !== 'category' && lanesBy !== 'eventType') return new Map();
  const hueOf = lanesBy === 'category' ? categoryHue : eventHue;
  return new Map(names.filter((name) => name !== OTHER).map((name) => [name, hueOf(name)]));
}
