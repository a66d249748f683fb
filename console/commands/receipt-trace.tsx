'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount, formatMs } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { Receipt } from '#server/command-bus/receipt.ts';

const EVENTS_MAX = 50;
const REFRESH_MS = 1000;
/** What a process manager does follows within a second or two; past this the list is as long as it will be. */
const WATCHED_MS = 20_000;

/** What the command set off in other streams, as it comes; nothing where it set off nothing. */
export function ReceiptTrace({ receipt: { commandId, receivedAt, outcome, events } }: { receipt: Receipt }) {
  const trpc = useTRPC();
  const received = Date.parse(receivedAt);
  const trace = useQuery(
    trpc.events.list.queryOptions(
      { correlationId: commandId, limit: EVENTS_MAX },
      {
        enabled: outcome === 'accepted',
        refetchInterval: () => (Date.now() - received < WATCHED_MS ? REFRESH_MS : false),
      },
    ),
  );
  const own = new Set(events.map(({ eventId }) => eventId));
  const caused = trace.data?.events.filter(({ eventId }) => !own.has(eventId)) ?? [];
  if (caused.length === 0) return null;
  return (
    <section aria-label="What it caused" className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-semibold">What it caused</h3>
        <span className="text-ink-3 text-small">
          {caused.length === EVENTS_MAX ? `the first ${EVENTS_MAX} events` : 'in other streams, with the time after it'}
        </span>
      </div>
      <ol>
        {caused.map(({ eventId, eventType, streamId, streamVersion, globalPosition, recordedAt }) => (
          <li
            key={eventId}
            className="flex min-h-8 flex-wrap items-center gap-x-2 border-line border-b last:border-b-0"
          >
            <EventGlyph eventType={eventType} />
            <Link href={routes.event(globalPosition)} className="font-medium hover:underline">
              {eventType}
            </Link>
            <Link href={routes.stream(streamId, { v: streamVersion })} className="mono text-ink-2 hover:underline">
              {streamId}
            </Link>
            <span className="ml-auto text-ink-3">{formatCount(streamVersion)}</span>
            <span className="w-16 text-right text-ink-2">
              {formatMs(Math.max(0, Date.parse(recordedAt) - received))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
