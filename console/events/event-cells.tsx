import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import { GridCell } from '#console/ui/virtual-grid.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** Columns of head and rows. Narrow pages let version, actor and then the position go: the inspector has them. */
export const EVENT_TEMPLATE =
  'gap-x-3 px-4 grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)] sm:grid-cols-[5.5rem_9.5rem_minmax(0,1fr)_minmax(0,1.2fr)] lg:grid-cols-[5.5rem_9.5rem_minmax(0,1fr)_minmax(0,1.25fr)_3.5rem_minmax(0,0.6fr)]';

export const WIDE_ONLY = 'max-lg:hidden';
export const NOT_PHONE = 'max-sm:hidden';

export type TimeColumn = 'occurredAt' | 'recordedAt';

type Props = {
  /** Undefined while its page is being fetched again. */
  event: RecordedEvent | undefined;
  time: TimeColumn;
  zone: string;
};

/** The cells of one event. */
export function EventCells({ event, time, zone }: Props) {
  if (event === undefined) {
    return (
      <GridCell className="h-3 rounded-gauge bg-sunken">
        <span className="sr-only">loading</span>
      </GridCell>
    );
  }
  return (
    <>
      <GridCell className={`mono ${NOT_PHONE}`}>{formatCount(event.globalPosition)}</GridCell>
      <GridCell className="text-ink-2">
        <span className={NOT_PHONE}>{formatTime(event[time], zone, { millis: isRecent(event[time]) })}</span>
        <span className="sm:hidden">{formatTime(event[time], zone).split(',', 1)[0]}</span>
      </GridCell>
      <GridCell className="flex items-center gap-2">
        <EventGlyph eventType={event.eventType} />
        <span className="truncate">{event.eventType}</span>
      </GridCell>
      <GridCell className="group/stream flex items-center gap-1">
        <LongName name={event.streamId} />
        <Link
          href={routes.stream(event.streamId, { v: event.streamVersion })}
          prefetch={false}
          tabIndex={-1}
          title="Its stream at this version"
          aria-label={`Stream ${event.streamId}`}
          className="flex size-6 shrink-0 items-center justify-center text-tide opacity-0 group-hover/stream:opacity-100"
          onClick={(click) => click.stopPropagation()}
        >
          <ArrowUpRight size={13} strokeWidth={1.75} aria-hidden />
        </Link>
      </GridCell>
      <GridCell className={`text-end ${WIDE_ONLY}`}>{formatCount(event.streamVersion)}</GridCell>
      <GridCell className={`text-ink-2 ${WIDE_ONLY}`}>{event.metadata.actor ?? ''}</GridCell>
    </>
  );
}

/** A time of the last day stands without its date, and has room for milliseconds. */
function isRecent(at: string): boolean {
  return Date.now() - Date.parse(at) < 86_400_000;
}
