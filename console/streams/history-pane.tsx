'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { formatCount } from '#console/format.ts';
import { formatClock, formatDate, type Zone } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { Pane } from '#console/state-inspector/pane.tsx';
import { summarizePayload } from '#console/state-inspector/payload-summary.ts';
import { cn } from '#console/ui/cn.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { useStreamEvents } from './use-stream-events.ts';

/** Two lines a row. */
const ROW_PX = 44;

type Props = {
  streamId: string;
  version: number;
  lastVersion: number;
  failed: ReadonlySet<number>;
  onVersion(version: number): void;
};

/** Every version of the stream, newest first. Versions have no holes, so any row is read without those before it. */
export function HistoryPane({ streamId, version, lastVersion, failed, onVersion }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const zone = useZone();
  const virtualizer = useVirtualizer({
    count: lastVersion,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    getItemKey: (index) => lastVersion - index,
  });
  const items = virtualizer.getVirtualItems();
  const newest = lastVersion - (items[0]?.index ?? 0);
  const oldest = lastVersion - (items.at(-1)?.index ?? 0);
  const { events, error, refetch } = useStreamEvents(streamId, lastVersion, oldest, newest);
  const byVersion = useMemo(() => new Map(events.map((event) => [event.streamVersion, event])), [events]);

  useEffect(() => {
    virtualizer.scrollToIndex(lastVersion - version, { align: 'auto' });
  }, [version, lastVersion, virtualizer]);

  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-version]') : null;
    if (row !== null) onVersion(Number(row.dataset.version));
  };

  return (
    <Pane title="History" note="newest first" quiet>
      {error !== null && (
        <QueryError title="The events could not be read" error={error} onRetry={refetch} className="m-2" />
      )}
      <div ref={scroller} className="min-h-0 grow overflow-y-auto">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside take keys; this only collects their clicks */}
        <ol
          className="relative"
          style={{ height: virtualizer.getTotalSize(), ...numberWidth(lastVersion) }}
          onClick={onClick}
        >
          {items.map((item) => {
            const rowVersion = lastVersion - item.index;
            return (
              <li
                key={item.key}
                className="absolute inset-x-0 top-0 border-line border-b"
                style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
              >
                <HistoryRow
                  version={rowVersion}
                  event={byVersion.get(rowVersion)}
                  current={rowVersion === version}
                  failed={failed.has(rowVersion)}
                  zone={zone}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </Pane>
  );
}

/** The column of numbers is as wide as the largest of them. */
export function numberWidth(lastVersion: number): CSSProperties {
  return { '--number': `${Math.max(2, formatCount(lastVersion).length)}ch` } as CSSProperties;
}

type RowProps = { version: number; event: RecordedEvent | undefined; current: boolean; failed: boolean; zone: Zone };

function HistoryRow({ version, event, current, failed, zone }: RowProps) {
  return (
    <button
      type="button"
      data-version={version}
      aria-current={current ? 'true' : undefined}
      className={cn(
        '-outline-offset-2 grid size-full grid-cols-[var(--number)_0.875rem_minmax(0,1fr)_auto] items-center gap-x-1.5 px-2.5 text-start',
        current ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]' : 'hover:bg-sunken dark:hover:bg-surface',
      )}
    >
      <span className={cn('text-end', current ? 'font-semibold' : 'text-ink-3')}>{formatCount(version)}</span>
      {event === undefined ? (
        <span className="col-span-3 h-3 rounded-gauge bg-sunken" />
      ) : (
        <>
          <EventGlyph eventType={event.eventType} failed={failed} size={9} className="justify-self-center" />
          <span className="min-w-0">
            <span className="block truncate font-medium leading-[18px]">{event.eventType}</span>
            <span className={cn('block truncate text-micro', failed ? 'text-bad' : 'text-ink-3')}>
              {failed ? 'can not be folded' : summarizePayload(event.data)}
            </span>
          </span>
          <span className="self-start pt-1 text-ink-3 text-small">{shortTime(event.occurredAt, zone)}</span>
        </>
      )}
    </button>
  );
}

/** The day, or the clock where it is today. The event pane has it in full. */
function shortTime(at: string, zone: Zone): string {
  const day = formatDate(at, zone);
  const [date, month, year] = day.split(' ');
  if (day === formatDate(Date.now(), zone)) return formatClock(at, zone);
  return year === formatDate(Date.now(), zone).split(' ')[2] ? `${date} ${month}` : `${month} ${year}`;
}
