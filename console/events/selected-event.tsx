'use client';

import { useQuery } from '@tanstack/react-query';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { EventInspector } from './event-inspector.tsx';

type Props = {
  position: string;
  projections: readonly ProjectionStatus[] | undefined;
  onClose(): void;
};

/** The event that the URL names, whether or not the table has it. An event never changes, so it is asked for once. */
export function SelectedEvent({ position, projections, onClose }: Props) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.events.get.queryOptions({ globalPosition: position }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (query.data !== undefined) {
    return (
      <div data-inspector>
        <EventInspector event={query.data} projections={projections} onClose={onClose} />
      </div>
    );
  }
  if (query.isError) {
    return (
      <div className="p-4">
        <QueryError
          title={`Event ${position} could not be read`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
        <Button className="mt-3" onClick={onClose}>
          Close
        </Button>
      </div>
    );
  }
  return <SkeletonLines rows={12} label="the event" className="p-4" />;
}
