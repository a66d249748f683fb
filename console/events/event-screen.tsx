'use client';

import { ListTree } from 'lucide-react';
import { formatCount } from '#console/format.ts';
import { READING, Screen } from '#console/frame/screen.tsx';
import { useVisit } from '#console/palette/recent.ts';
import { usePulse } from '#console/pulse.tsx';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { readFailure } from '#console/trpc-client.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { CopyPermalink, EventPlace, EventSections } from './event-inspector.tsx';
import { EventSteps } from './event-steps.tsx';
import { useEventDetail } from './use-event-detail.ts';

/** The permanent address of an event: all that is known of it, on a page of its own. */
export function EventScreen({ position }: { position: string }) {
  const { pulse } = usePulse();
  const query = useEventDetail(position);
  const event = query.data;
  useVisit(event !== undefined);
  const failure = query.isError ? readFailure(query.error) : null;
  return (
    <Screen
      title={`Event ${/^\d+$/.test(position) ? formatCount(position) : position}`}
      crumbs={[{ label: 'Events', href: routes.events() }]}
    >
      {event !== undefined ? (
        <article className={cn(READING, 'rounded-card border border-line bg-surface')}>
          <header className="px-4 pt-4 pb-3.5">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
              <EventGlyph eventType={event.eventType} size={13} />
              <h2 className="min-w-0 grow text-title">{event.eventType}</h2>
              <CopyPermalink position={event.globalPosition} />
              <EventSteps event={event} />
              <ButtonLink href={routes.events({ sel: event.globalPosition, stream: event.streamId })}>
                <ListTree strokeWidth={1.75} aria-hidden />
                Among its stream’s events
              </ButtonLink>
            </div>
            <EventPlace event={event} />
          </header>
          <EventSections event={event} projections={pulse?.projections.projections} />
        </article>
      ) : failure?.code === 'event-not-found' || failure?.code === 'bad-request' ? (
        <EmptyState
          title={`No event stands at ${position}.`}
          action={<ButtonLink href={routes.events()}>All events</ButtonLink>}
        >
          {failure.code === 'bad-request' ? failure.message : 'Positions have holes where an append was rolled back.'}
        </EmptyState>
      ) : failure !== null ? (
        <QueryError title="The event could not be read" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonLines rows={14} label="the event" className={READING} />
      )}
    </Screen>
  );
}
