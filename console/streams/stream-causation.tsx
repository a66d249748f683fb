'use client';

import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { TraceBody, type TraceView } from '#console/traces/trace-body.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { useStreamEvents } from './use-stream-events.ts';

type Props = { streamId: string; version: number; lastVersion: number };

/** What caused the version that is chosen, and what came of it, across streams. */
export function StreamCausation({ streamId, version, lastVersion }: Props) {
  const [view, setView] = useState<TraceView>('tree');
  const event = useStreamEvents(streamId, lastVersion, version, version).events.find(
    (candidate) => candidate.streamVersion === version,
  );
  if (event === undefined) return <SkeletonLines rows={10} label="the event" className="py-3" />;
  const { correlationId } = event.metadata;
  if (correlationId === undefined) {
    return (
      <EmptyState
        title={`Version ${formatCount(version)} (${event.eventType}) tells no correlation.`}
        action={<ButtonLink href={routes.event(event.globalPosition)}>Open the event</ButtonLink>}
      >
        What was imported or appended without one stands alone; what a command made has the command’s id.
      </EmptyState>
    );
  }
  return <TraceBody correlationId={correlationId} view={view} onView={setView} marked={event.globalPosition} />;
}
