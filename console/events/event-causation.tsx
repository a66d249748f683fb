'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount, shortenId } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import { Skeleton } from '#console/ui/skeleton.tsx';
import type { Causation, RelatedEvent } from '#server/explorer/causations.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** Lines of a list here; the correlation's page has them all. */
const SHOWN_MAX = 8;

/** What led to the event, nearest first, what the same command made beside it, and what it led to. */
export function EventCausation({ event }: { event: RecordedEvent }) {
  const trpc = useTRPC();
  // What it led to may still come: an answer is asked for again when the event is opened again.
  const query = useQuery(trpc.events.causation.queryOptions({ globalPosition: event.globalPosition }));
  if (query.isError && query.data === undefined) {
    return (
      <QueryError
        title="Causes and effects could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.data === undefined) return <Skeleton className="h-5" />;
  const { causes, causesTruncated, siblings, effects, truncated } = query.data;
  const { correlationId } = event.metadata;
  return (
    <div className="flex flex-col gap-2">
      <List title="Caused by" none="Nothing is told of what caused it.">
        {causes.map((cause) => (
          <Cause key={cause.kind === 'command' ? cause.commandId : cause.globalPosition} cause={cause} />
        ))}
        {causesTruncated && <li className="text-ink-3">and what caused that: the first {causes.length} are told</li>}
      </List>
      {siblings.length > 0 && (
        <List title="Of the same command">
          <Events events={siblings} {...query.data} />
        </List>
      )}
      <List
        title="It led to"
        none={
          correlationId === undefined
            ? 'It has no correlation, by which effects are found.'
            : 'No event names it as its cause.'
        }
      >
        {effects.length > 0 && <Events events={effects} {...query.data} />}
      </List>
      {truncated && <p className="text-ink-3">The correlation may have more of them than were looked for here.</p>}
      {correlationId !== undefined && (
        <Link
          href={routes.trace(correlationId)}
          className="inline-flex min-h-6 items-center self-start text-tide hover:underline"
        >
          All of the correlation
        </Link>
      )}
    </div>
  );
}

function List({ title, none, children }: { title: string; none?: string; children: ReactNode }) {
  const empty = Array.isArray(children) ? children.flat().every((child) => child === false) : children === false;
  return (
    <div>
      <h4 className="text-ink-3 text-small">{title}</h4>
      {empty ? <p className="text-ink-3">{none}</p> : <ul aria-label={title}>{children}</ul>}
    </div>
  );
}

function Events({
  events,
  eventsMax,
  truncated,
}: { events: readonly RelatedEvent[] } & Pick<Causation, 'eventsMax' | 'truncated'>) {
  const left = events.length - SHOWN_MAX;
  return (
    <>
      {events.slice(0, SHOWN_MAX).map((event) => (
        <EventLine key={event.globalPosition} event={event} />
      ))}
      {left > 0 && (
        <li className="text-ink-3">
          {SHOWN_MAX} of {truncated && events.length >= eventsMax ? 'more than ' : ''}
          {formatCount(events.length)} shown
        </li>
      )}
    </>
  );
}

function Cause({ cause }: { cause: Causation['causes'][number] }) {
  if (cause.kind === 'event') return <EventLine event={cause} />;
  const { commandId, commandType } = cause;
  return (
    <li className="flex items-center gap-2">
      <Badge>command</Badge>
      {/^[0-9a-f-]{36}$/i.test(commandId) ? (
        <Link
          href={routes.commandRun(commandId)}
          title={commandId}
          className="inline-flex min-h-6 min-w-0 items-center gap-1.5 text-tide hover:underline"
        >
          <span className="truncate">{commandType ?? 'a command'}</span>
          <span className="mono">{shortenId(commandId, 8, 4)}</span>
        </Link>
      ) : (
        <span className="mono truncate">{commandId}</span>
      )}
    </li>
  );
}

function EventLine({ event }: { event: RelatedEvent }) {
  const zone = useZone();
  return (
    <li className="flex items-center gap-2">
      <EventGlyph eventType={event.eventType} size={9} />
      <Link
        href={routes.event(event.globalPosition)}
        title={`${event.streamId} version ${event.streamVersion}, ${formatTime(event.occurredAt, zone, { millis: true, date: 'always' })}`}
        className="inline-flex min-h-6 min-w-0 items-center gap-1.5 text-tide hover:underline"
      >
        <span className="truncate">{event.eventType}</span>
        <span className="mono shrink-0">{formatCount(event.globalPosition)}</span>
      </Link>
      <LongName name={event.streamId} className="text-ink-3" />
    </li>
  );
}
