'use client';

import { useCallback, useMemo, useState } from 'react';
import { LiveWord } from '#console/frame/live-word.tsx';
import { Screen } from '#console/frame/screen.tsx';
import { usePulse } from '#console/pulse.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import { useMedia } from '#console/use-media.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Anchor } from './anchor.ts';
import { EventsLanes, LanesPlace } from './events-lanes.tsx';
import { EventsNote } from './events-note.tsx';
import { EventsResults } from './events-results.tsx';
import { EventsStrip } from './events-strip.tsx';
import { EventsToolbar } from './events-toolbar.tsx';
import { filterInput } from './events-view.ts';
import { FacetPanel } from './facet-panel.tsx';
import { TailWord } from './live-control.tsx';
import { isAfter } from './position-order.ts';
import { SelectedEvent } from './selected-event.tsx';
import { TimeFields } from './time-controls.tsx';
import { useEventsKeys } from './use-events-keys.ts';
import { type ChangeView, useEventsView } from './use-events-view.ts';
import { useLiveTail } from './use-live-tail.ts';
import { useBounds, useFacets } from './use-overview.ts';
import { useTimeline } from './use-timeline.ts';

type Props = { anchor: Anchor; onAnchor(anchor: Anchor): void };

/** Facets, histogram and table, inspector. Everything visible is in the URL. */
export function EventsExplorer({ anchor, onAnchor }: Props) {
  const [view, setView] = useEventsView();
  const [filtersOpen, setFiltersOpen] = useState(false);
  const { pulse } = usePulse();
  const pulseMark = pulse?.projections.highWaterMark ?? null;
  // The pulse is up to a second old, the anchor as old as the page: the later one is the latest that is known.
  const latestMark = pulseMark === null || isAfter(anchor.mark, pulseMark) ? anchor.mark : pulseMark;
  const filter = useMemo(() => filterInput(view, anchor.now), [view, anchor.now]);
  const { tail, controller } = useLiveTail({ live: view.live, filter, mark: anchor.mark, latestMark });
  const facets = useFacets(filter, view.live);
  const { bounds, query: boundsQuery } = useBounds(view.live);
  const facetsBeside = useMedia('(min-width: 64rem)');
  const inspectorBeside = useMedia('(min-width: 80rem)');
  const [known, setKnown] = useState<RecordedEvent>();

  const change = useCallback<ChangeView>(
    (next, options) => {
      // Another filter begins where the tail has come to: nothing it showed is lost, nothing is replayed.
      if (tail !== null) onAnchor({ mark: tail.cursor, now: Date.now() });
      setView(next, options);
    },
    [tail, onAnchor, setView],
  );
  const timeline = useTimeline({ view, filter, now: anchor.now, bounds, onChange: change });
  const refresh = () => onAnchor({ mark: latestMark, now: Date.now() });
  const startLive = () => {
    refresh();
    setView({ live: true, from: null, to: null, zoom: null });
  };
  const nothingSelected = view.sel === null;
  const selectPosition = useCallback(
    (position: string) => {
      controller?.pause('select');
      setView({ sel: position }, { history: nothingSelected ? 'push' : 'replace' });
    },
    [controller, nothingSelected, setView],
  );
  const select = useCallback(
    (event: RecordedEvent) => {
      setKnown(event);
      selectPosition(event.globalPosition);
    },
    [selectPosition],
  );
  const close = () => {
    setView({ sel: null });
    if (tail?.paused === 'select') controller?.resume();
  };
  const onLiveKey = () => {
    if (tail === null) startLive();
    else if (tail.paused === null) controller?.pause('hand');
    else controller?.resume();
  };
  useEventsKeys({ view, close, onLiveKey });

  const { refetch } = facets;
  const recount = useCallback(() => void refetch(), [refetch]);
  const facetPanel = (
    <FacetPanel
      facets={facets.data}
      failed={facets.error}
      onRetry={recount}
      view={view}
      filter={filter}
      onChange={change}
    />
  );
  const columns = inspectorBeside && view.sel !== null ? 'xl:grid-cols-[212px_minmax(0,1fr)_356px]' : '';
  return (
    <Screen
      title="Events"
      note={<EventsNote view={view} now={anchor.now} tail={tail?.shown} />}
      live={
        tail !== null ? <TailWord tail={tail} /> : view.live ? <LiveWord kind="working" word="Starting" /> : undefined
      }
      fill
      bare
      skipTo="the events"
    >
      <div
        className={`flex min-h-0 grow flex-col lg:grid lg:grid-cols-[212px_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)] ${columns}`}
      >
        {facetsBeside && (
          <aside aria-label="Filters" className="min-h-0 overflow-y-auto border-line border-e">
            {facetPanel}
          </aside>
        )}
        <section aria-label="Events" className="flex min-h-0 min-w-0 flex-col bg-surface">
          <EventsToolbar
            view={view}
            onChange={change}
            timeline={timeline}
            total={facets.data?.total ?? (facets.isError ? null : undefined)}
            newestOnly={facets.data?.newestOnly ?? null}
            filter={filter}
            tail={tail}
            behind={tail === null && latestMark !== anchor.mark}
            onRefresh={refresh}
            onFilters={facetsBeside ? null : () => setFiltersOpen(true)}
            live={{
              onStart: startLive,
              onStop: () => change({ live: false }),
              onPause: () => controller?.pause('hand'),
              onResume: () => controller?.resume(),
            }}
          />
          <EventsStrip
            timeline={timeline}
            bounds={bounds}
            boundsQuery={boundsQuery}
            aboveLanes={view.view !== 'table'}
          />
          {bounds === undefined && view.view !== 'table' && <LanesPlace lanesBy={view.lanes ?? 'category'} />}
          {bounds != null && view.view !== 'table' && (
            <EventsLanes
              view={view}
              filter={filter}
              timeline={timeline}
              bounds={bounds}
              onChange={change}
              onSelect={selectPosition}
            />
          )}
          <EventsResults
            view={view}
            filter={filter}
            anchor={anchor}
            storeIsEmpty={bounds === null}
            tail={tail}
            controller={controller}
            onSelect={select}
            onChange={change}
          />
        </section>
        {view.sel !== null && (
          <SelectedEvent
            position={view.sel}
            known={known}
            projections={pulse?.projections.projections}
            beside={inspectorBeside}
            onClose={close}
          />
        )}
        {!facetsBeside && (
          <Sheet open={filtersOpen} onOpenChange={setFiltersOpen} title="Filters">
            <div className="mb-4 flex flex-wrap gap-2">
              <TimeFields view={view} onChange={change} />
            </div>
            <div className="-mx-5 border-line border-t">{facetPanel}</div>
          </Sheet>
        )}
      </div>
    </Screen>
  );
}
