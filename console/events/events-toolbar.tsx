'use client';

import { ListFilter, RefreshCw } from 'lucide-react';
import { ExportButton } from '#console/export/export-button.tsx';
import { formatCount } from '#console/format.ts';
import { Button } from '#console/ui/button.tsx';
import { activeFilters, type EventsFilterInput, type EventsView } from './events-view.ts';
import { FilterChips } from './filter-chips.tsx';
import { LiveControl } from './live-control.tsx';
import type { Tail } from './live-tail-model.ts';
import { TimeControls } from './time-controls.tsx';
import { TOOLBAR_GAP, TOOLBAR_WORD } from './toolbar-room.ts';
import type { ChangeView } from './use-events-view.ts';
import type { Timeline } from './use-timeline.ts';
import { ViewControl } from './view-control.tsx';

type Props = {
  view: EventsView;
  onChange: ChangeView;
  timeline: Timeline;
  /** What an export of these events asks with. */
  filter: EventsFilterInput;
  /** Events that match; undefined until counted, null where they could not be. */
  total: number | null | undefined;
  /** How many positions were looked at; null where all of the stretch were. */
  newestOnly: number | null;
  tail: Tail | null;
  /** Events have been recorded since the table was read. */
  behind: boolean;
  onRefresh(): void;
  /** Opens the filters where they don't stand beside the table. */
  onFilters: (() => void) | null;
  live: { onStart(): void; onStop(): void; onPause(): void; onResume(): void };
};

/** The stretch of time, what is filtered by, how many match, and the live tail. */
export function EventsToolbar(props: Props) {
  const { view, onChange, timeline, total, newestOnly, filter, tail, behind, onRefresh, onFilters, live } = props;
  const filters = activeFilters(view).length;
  return (
    <div className="@container/toolbar flex flex-wrap items-center gap-2 px-4 pt-3.5 pb-2.5">
      {onFilters !== null && (
        <Button onClick={onFilters}>
          <ListFilter strokeWidth={1.75} aria-hidden />
          Filters{filters > 0 && ` (${filters})`}
        </Button>
      )}
      <TimeControls view={view} onChange={onChange} timeline={timeline} withFields={onFilters === null} />
      <FilterChips view={view} onChange={onChange} />
      <div className={`ms-auto flex flex-wrap items-center gap-x-3 gap-y-2 ${TOOLBAR_GAP}`}>
        <p className="whitespace-nowrap" role="status">
          {total === null && <span className="text-bad">not counted</span>}
          {total != null && (
            <>
              <strong className="font-semibold">{formatCount(total)}</strong>{' '}
              {newestOnly !== null
                ? `of the newest ${formatCount(newestOnly)} positions`
                : total === 1
                  ? 'event'
                  : 'events'}
            </>
          )}
        </p>
        {behind && (
          <Button variant="ghost" icon onClick={onRefresh} title="Show newer events" aria-label="Show newer events">
            <RefreshCw strokeWidth={1.75} aria-hidden />
          </Button>
        )}
        <ViewControl view={view} onChange={onChange} />
        <ExportButton
          filter={filter}
          what="The events of this view"
          total={newestOnly === null ? (total ?? null) : null}
          wordClass={TOOLBAR_WORD}
        />
        <LiveControl tail={tail} {...live} />
      </div>
    </div>
  );
}
