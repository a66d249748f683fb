'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { shortenId } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { beginning, verbatim } from '#console/state-inspector/verbatim.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Json } from '#server/kernel/json.ts';

/** Keys with a line of their own above; the rest are shown as they came. */
const KNOWN = new Set(['correlationId', 'causationId', 'commandId', 'actor']);

/** Of a value that somebody wrote into the metadata; the JSON view has it all, and so has a copy. */
const SHOWN_MAX = 200;

/** Nearer than this, the two times of an event are one to people. */
const SAME_TIME_MS = 1000;

/** Who and what made the event, with the way to all that belongs to the same correlation. */
export function EventMetadata({ event }: { event: RecordedEvent }) {
  const zone = useZone();
  const { metadata } = event;
  const rows: [string, ReactNode][] = [];
  if (metadata.commandId !== undefined) {
    const type = typeof metadata.commandType === 'string' ? `${metadata.commandType} ` : '';
    rows.push([
      'command',
      <TextLink key="c" href={routes.commandRun(metadata.commandId)} id={metadata.commandId} before={type} />,
    ]);
  }
  if (metadata.correlationId !== undefined) {
    const href = routes.trace(metadata.correlationId);
    rows.push(['correlation', <TextLink key="c" href={href} id={metadata.correlationId} />]);
  }
  if (metadata.causationId !== undefined && metadata.causationId !== metadata.commandId)
    rows.push(['caused by', <CauseLink key="c" event={event} causationId={metadata.causationId} />]);
  if (metadata.actor !== undefined) {
    rows.push(['actor', <TextLink key="a" href={routes.events({ actor: metadata.actor })} id={metadata.actor} />]);
  }
  rows.push(['event id', <Id key="e" id={event.eventId} />], ['schema', event.schemaVersion]);
  if (Math.abs(Date.parse(event.recordedAt) - Date.parse(event.occurredAt)) >= SAME_TIME_MS) {
    rows.push(['recorded', formatTime(event.recordedAt, zone, { millis: true, date: 'always' })]);
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (!KNOWN.has(key) && !(key === 'commandType' && metadata.commandId !== undefined))
      rows.push([key, <Id key={key} id={asText(value)} />]);
  }
  return (
    <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-x-2">
      {rows.map(([label, value]) => (
        <Fragment key={label}>
          <dt className="truncate text-ink-3" title={label}>
            {label}
          </dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** The event or command that caused it, by the question that the list of causes asks too; the id alone where none is known. */
function CauseLink({ event, causationId }: { event: RecordedEvent; causationId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.events.causation.queryOptions({ globalPosition: event.globalPosition }));
  const cause = query.data?.causes.find((one) => one.kind === 'event' || one.commandId === causationId);
  if (cause === undefined) return <Id id={causationId} />;
  const href = cause.kind === 'event' ? routes.event(cause.globalPosition) : routes.commandRun(cause.commandId);
  return <TextLink href={href} id={causationId} />;
}

/** An id that leads somewhere. */
function TextLink({ href, id, before = '' }: { href: string; id: string; before?: string }) {
  return (
    <Link href={href} title={verbatim(id)} className="mono inline-flex min-h-6 items-center text-tide hover:underline">
      {before}
      {short(verbatim(id))}
    </Link>
  );
}

/** An id to read or to copy: short in the line, whole in the title and on the clipboard. */
function Id({ id }: { id: string }) {
  const said = verbatim(id.length > SHOWN_MAX ? `${beginning(id, SHOWN_MAX)}… ${id.length} characters` : id);
  return (
    <span className="group/id flex items-center">
      <span className="mono truncate" title={said}>
        {short(said)}
      </span>
      <CopyButton
        text={id}
        label={`Copy ${said}`}
        className="-my-1 size-6 opacity-0 focus-visible:opacity-100 group-hover/id:opacity-100"
      />
    </span>
  );
}

/** Ids that are random all through need no more to be told apart; what people wrote is left as it is. */
function short(id: string): string {
  return /^[0-9a-f-]{24,}$/i.test(id) ? shortenId(id, 8, 4) : id;
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
