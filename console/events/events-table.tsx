'use client';

import { ArrowLeftRight } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useKeys } from '#console/keys/keys.tsx';
import { useZone } from '#console/settings.tsx';
import { VirtualGrid } from '#console/ui/virtual-grid.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { EVENT_TEMPLATE, EventCells, NOT_PHONE, type TimeColumn, WIDE_ONLY } from './event-cells.tsx';
import { pageWanted, type RowWindow } from './keyset-window.ts';
import { isAfter } from './position-order.ts';

type Props = {
  /** Rows of the live tail, newest first; they stand above the window. */
  tailRows: readonly RecordedEvent[];
  window: RowWindow;
  isFetching: boolean;
  /** Rows that come into view are missing at this end. */
  onWanted(end: 'previous' | 'next'): void;
  selected: string | null;
  onSelect(event: RecordedEvent): void;
  onOpen(): void;
  /** The operator has scrolled away from the newest row, or back to it. */
  onAtTop(atTop: boolean): void;
  time: TimeColumn;
  onTime(time: TimeColumn): void;
  foot?: ReactNode;
};

const SOUGHT_ROWS_MAX = 2000;

/** Events newest first: what the tail brought, then the window of pages. */
export function EventsTable(props: Props) {
  const { tailRows, window, isFetching, onWanted, selected, onSelect, onOpen, onAtTop, time, foot } = props;
  const [range, setRange] = useState({ first: 0, last: 0 });
  const zone = useZone();
  const above = tailRows.length + window.rowsAbove;
  const count = above + window.rows.length;
  const rowAt = (index: number) => (index < tailRows.length ? tailRows[index] : window.rows[index - above]);

  const selectedIndex = selected === null ? -1 : indexOf(selected, tailRows, window);
  const wanted = pageWanted(window, {
    first: range.first - tailRows.length,
    last: Math.max(range.last - tailRows.length, 0),
  });
  // After a reload and in another browser the selected row is looked for, so that the list stands where it stood.
  const sought = selected !== null && selectedIndex < 0 && isBelow(selected, window) && count < SOUGHT_ROWS_MAX;
  const missing = wanted ?? (sought ? 'next' : null);
  useEffect(() => {
    if (missing !== null && !isFetching) onWanted(missing);
  }, [missing, isFetching, onWanted]);

  const select = (index: number) => {
    const event = rowAt(Math.min(Math.max(index, 0), count - 1));
    if (event !== undefined) onSelect(event);
  };
  const step = (delta: number) => select(selectedIndex < 0 ? range.first : selectedIndex + delta);
  useKeys([
    { keys: 'j', label: 'Next event', group: 'Events', run: () => step(1) },
    { keys: 'k', label: 'Event before', group: 'Events', run: () => step(-1) },
  ]);

  return (
    <VirtualGrid
      label="Events, newest first"
      template={EVENT_TEMPLATE}
      columns={[
        { name: 'Position', className: NOT_PHONE },
        { name: 'Time', head: <TimeHead time={time} onChange={props.onTime} /> },
        { name: 'Type' },
        { name: 'Stream' },
        { name: 'Version', className: `text-end ${WIDE_ONLY}` },
        { name: 'Actor', className: WIDE_ONLY },
      ]}
      count={count}
      complete={window.atEnd}
      rowKey={(index) => rowAt(index)?.globalPosition ?? `above-${index}`}
      renderRow={(index) => <EventCells event={rowAt(index)} time={time} zone={zone} />}
      selectedIndex={selectedIndex}
      onSelect={select}
      onOpen={onOpen}
      onRange={useCallback((first: number, last: number) => setRange({ first, last }), [])}
      onAtTop={onAtTop}
      foot={foot}
      // Below 1024 px the page scrolls, and nothing else bounds the rows: each read would bring the next one into view.
      className="max-lg:h-[70dvh] lg:flex-1"
    />
  );
}

/** Which of an event's two times is shown; filters are always by when it occurred. */
function TimeHead({ time, onChange }: { time: TimeColumn; onChange(time: TimeColumn): void }) {
  const occurred = time === 'occurredAt';
  return (
    <button
      type="button"
      title={occurred ? 'When it happened. Show when it was recorded' : 'When it was recorded. Show when it happened'}
      className="inline-flex items-center gap-1 hover:text-ink"
      onClick={() => onChange(occurred ? 'recordedAt' : 'occurredAt')}
    >
      {occurred ? 'Occurred' : 'Recorded'}
      <ArrowLeftRight size={11} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

function isBelow(position: string, { rows, atEnd }: RowWindow): boolean {
  const last = rows.at(-1);
  return last !== undefined && !atEnd && isAfter(last.globalPosition, position as Position);
}

function indexOf(position: string, tailRows: readonly RecordedEvent[], window: RowWindow): number {
  const inTail = tailRows.findIndex((event) => event.globalPosition === position);
  if (inTail >= 0) return inTail;
  const inWindow = window.rows.findIndex((event) => event.globalPosition === position);
  return inWindow < 0 ? -1 : tailRows.length + window.rowsAbove + inWindow;
}
