'use client';

import Link from 'next/link';
import { EventMetadata } from '#console/events/event-metadata.tsx';
import { EventPayload } from '#console/events/event-payload.tsx';
import { useEventDetail } from '#console/events/use-event-detail.ts';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Pane } from '#console/state-inspector/pane.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** The event that made the version: when, by whom, and what it says. */
export function EventPane({ event }: { event: RecordedEvent | undefined }) {
  const zone = useZone();
  return (
    <Pane
      title="Event"
      busy={event === undefined}
      note={
        event && (
          <Link
            href={routes.event(event.globalPosition)}
            className="mono inline-flex min-h-6 items-center hover:text-tide hover:underline"
          >
            {formatCount(event.globalPosition)}
          </Link>
        )
      }
    >
      {event === undefined ? (
        <SkeletonLines rows={8} label="the event" className="py-2" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <div className="-outline-offset-2 min-h-0 grow overflow-y-auto" tabIndex={0}>
          <div className="border-line border-b px-3.5 py-3">
            <h3 className="mb-1.5 flex items-center gap-2.5 text-lead">
              <EventGlyph eventType={event.eventType} size={11} />
              {event.eventType}
            </h3>
            <p className="mb-0.5 text-ink-2">{formatTime(event.occurredAt, zone, { millis: true, date: 'always' })}</p>
            <EventMetadata event={event} />
          </div>
          <div className="px-3.5 py-3">
            <PayloadOf event={event} />
          </div>
        </div>
      )}
    </Pane>
  );
}

/** Only what an upcaster may have changed is asked for with its original: the list of versions has all the rest. */
function PayloadOf({ event }: { event: RecordedEvent }) {
  return event.schemaVersion > 1 && event.dataBytes === undefined ? (
    <UpcastPayload event={event} />
  ) : (
    <EventPayload event={event} />
  );
}

function UpcastPayload({ event }: { event: RecordedEvent }) {
  const { data } = useEventDetail(event.globalPosition, event);
  return <EventPayload event={data ?? event} />;
}
