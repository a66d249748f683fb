'use client';

import { ArrowUpRight, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { formatAgo, formatOffset, formatTime } from '#console/format-time.ts';
import { EventPrivacy } from '#console/privacy/event-privacy.tsx';
import { routes } from '#console/routes.ts';
import { useMounted, useZone } from '#console/settings.tsx';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { EventDetail } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { EventAcknowledgements } from './event-acknowledgements.tsx';
import { EventCausation } from './event-causation.tsx';
import { EventMetadata } from './event-metadata.tsx';
import { EventPayload } from './event-payload.tsx';
import { EventStateChange } from './event-state-change.tsx';
import { InspectorSection } from './inspector-section.tsx';

type Props = {
  event: EventDetail;
  /** Undefined until the first pulse. */
  projections: readonly ProjectionStatus[] | undefined;
  onClose(): void;
};

/** One event beside the table: what it says, who made it, what it changed, who has seen it. */
export function EventInspector({ event, projections, onClose }: Props) {
  return (
    <article aria-label={`${event.eventType} at ${event.globalPosition}`}>
      <EventHeading event={event} onClose={onClose} />
      <EventSections event={event} projections={projections} />
    </article>
  );
}

/** The sections of the inspector; the page of a single event has the same. */
export function EventSections({ event, projections }: Omit<Props, 'onClose'>) {
  const [revealed, setRevealed] = useState<{ at: string; data: JsonObject } | null>(null);
  const { dataBytes: _, ...whole } = event;
  const shown = revealed?.at === event.globalPosition ? { ...whole, data: revealed.data } : event;
  const onRevealed = (data: JsonObject | null) =>
    setRevealed(data === null ? null : { at: event.globalPosition, data });
  const versions = `v${event.streamVersion - 1} to v${event.streamVersion}`;
  return (
    <>
      <InspectorSection title="Payload">
        <EventPayload event={shown} />
      </InspectorSection>
      <InspectorSection title="Metadata">
        <EventMetadata event={event} />
      </InspectorSection>
      <InspectorSection title="Causes and effects">
        <EventCausation event={event} />
      </InspectorSection>
      <InspectorSection title="State, before and after" note={versions}>
        {shown !== event && <p className="pb-1 text-ink-3">Revealed was the payload; the state stays masked here.</p>}
        <EventStateChange event={event} />
      </InspectorSection>
      <InspectorSection title="Privacy">
        <EventPrivacy key={event.globalPosition} event={event} revealed={shown !== event} onRevealed={onRevealed} />
      </InspectorSection>
      <EventAcknowledgements event={event} projections={projections} />
    </>
  );
}

function EventHeading({ event, onClose }: { event: EventDetail; onClose(): void }) {
  return (
    <header className="px-4 pt-3.5 pb-3">
      <div className="flex items-center gap-2.5">
        <EventGlyph eventType={event.eventType} size={11} />
        <h2 className="min-w-0 flex-1 truncate text-lead">{event.eventType}</h2>
        <CopyPermalink position={event.globalPosition} />
        <ButtonLink
          variant="ghost"
          icon
          href={routes.event(event.globalPosition)}
          title="The event's own page"
          aria-label="The event's own page"
        >
          <ArrowUpRight strokeWidth={1.75} aria-hidden />
        </ButtonLink>
        <Button variant="ghost" icon onClick={onClose} title="Close (Esc)" aria-label="Close">
          <X strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
      <EventPlace event={event} />
    </header>
  );
}

/** Copies the event's permanent address. */
export function CopyPermalink({ position }: { position: string }) {
  return (
    <CopyButton
      text={() => new URL(routes.event(position), window.location.origin).href}
      label="Copy the event's permanent address"
    />
  );
}

/** Position, stream, version and time of an event, in two lines. */
export function EventPlace({ event }: { event: EventDetail }) {
  const zone = useZone();
  const mounted = useMounted();
  return (
    <>
      <span className="flex flex-wrap gap-x-2.5">
        <span className="mono">{formatCount(event.globalPosition)}</span>
        <Link
          href={routes.stream(event.streamId, { v: event.streamVersion })}
          className="mono [overflow-wrap:anywhere] text-tide hover:underline"
        >
          {event.streamId}
        </Link>
        <span>version {formatCount(event.streamVersion)}</span>
      </span>
      <span className="block text-ink-2">
        {formatTime(event.occurredAt, zone, { millis: true, date: 'always' })}{' '}
        <span className="mono">{formatOffset(event.occurredAt, zone)}</span>
        {mounted && `, ${formatAgo(event.occurredAt, Date.now())}`}
      </span>
    </>
  );
}
