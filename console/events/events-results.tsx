'use client';

import { memo } from 'react';
import { formatCount } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { Button } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Anchor } from './anchor.ts';
import { EventsEmpty, StoreEmpty } from './events-empty.tsx';
import { EventsTable } from './events-table.tsx';
import type { EventsFilterInput, EventsView } from './events-view.ts';
import type { TailController } from './live-tail-controller.ts';
import type { Tail } from './live-tail-model.ts';
import { justAfter } from './position-order.ts';
import { useEventRows } from './use-event-rows.ts';
import { focusInspector } from './use-events-keys.ts';
import type { ChangeView } from './use-events-view.ts';

type Props = {
  view: EventsView;
  filter: EventsFilterInput;
  anchor: Anchor;
  storeIsEmpty: boolean;
  tail: Tail | null;
  controller: TailController | null;
  onSelect(event: RecordedEvent): void;
  onChange: ChangeView;
};

const NO_ROWS: readonly RecordedEvent[] = [];

/**
 * The table, or why there is none. Drawn anew for what it shows alone: with each pulse, and with each answer that another
 * part of the page waited for, its 40 rows were a frame of 20 ms.
 */
export const EventsResults = memo(function EventsResults(props: Props) {
  const { view, filter, anchor, storeIsEmpty, tail, controller, onSelect, onChange } = props;
  // While it runs, nobody is below the tail's rows; the table moves up to the ring's end only when it is held still.
  const before = tail?.paused != null ? tail.tableBefore : justAfter(anchor.mark);
  const { window, query, fetchMore } = useEventRows(filter, before);
  const tailRows = tail?.shown ?? NO_ROWS;

  if (query.isError && window.rows.length === 0) {
    return (
      <QueryError
        title="The events could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
        className="m-4"
      />
    );
  }
  // A table that goes away would lose its place, and whoever scrolls a tail up begins another page beneath it.
  if (query.isPending && tailRows.length === 0)
    return <SkeletonLines rows={16} label="events" onCancel={undefined} className="px-2" />;
  if (window.rows.length === 0 && window.rowsAbove === 0 && tailRows.length === 0) {
    if (storeIsEmpty) return <StoreEmpty />;
    return <EventsEmpty view={view} now={anchor.now} onChange={onChange} />;
  }
  return (
    <>
      {tail?.sampled != null && (
        <p className="flex items-center gap-3 border-line border-t px-4 py-1.5 text-small text-warn" role="status">
          {tail.sampled.every > 1
            ? `Too fast to show: sampled 1 in ${tail.sampled.every}, `
            : 'Events came too fast to show: '}
          {formatCount(tail.sampled.hidden)} not shown.
          <Button onClick={() => onChange({})}>Show all</Button>
        </p>
      )}
      {query.isError && (
        <QueryError
          title="More events could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          dataAt={query.dataUpdatedAt}
          className="mx-4 mb-2"
        />
      )}
      <EventsTable
        tailRows={tailRows}
        window={window}
        isFetching={query.isFetching}
        onWanted={fetchMore}
        selected={view.sel}
        onSelect={onSelect}
        onOpen={focusInspector}
        time={view.time === 'recorded' ? 'recordedAt' : 'occurredAt'}
        onTime={(time) => onChange({ time: time === 'recordedAt' ? 'recorded' : null }, { history: 'replace' })}
        onAtTop={(atTop) => {
          if (!atTop) controller?.pause('scroll');
          else if (tail?.paused === 'scroll') controller?.resume();
        }}
        foot={window.atEnd && <p className="px-4 py-2 text-ink-3 text-small">The first event that matches.</p>}
      />
    </>
  );
});
