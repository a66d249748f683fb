'use client';

import { formatCount } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { Button } from '#console/ui/button.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { EventInspector, EventPlace, EventSections } from './event-inspector.tsx';
import { useEventDetail } from './use-event-detail.ts';

type Props = {
  position: string;
  /** The row it was selected from, shown until the whole is here. */
  known: RecordedEvent | undefined;
  /** Undefined until the first pulse. */
  projections: readonly ProjectionStatus[] | undefined;
  /** Beside the table, or over it where there is no room. */
  beside: boolean;
  onClose(): void;
};

/** The event that the URL names, whether or not the table has it. An event never changes, so it is asked for once. */
export function SelectedEvent({ position, known, projections, beside, onClose }: Props) {
  const query = useEventDetail(position, known);
  const event = query.data;
  const missing = query.isError ? (
    <QueryError
      title={`Event ${position} could not be read`}
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  ) : (
    <SkeletonLines rows={12} label="the event" />
  );

  if (!beside) {
    return (
      <Sheet
        open
        onOpenChange={(open) => !open && onClose()}
        modal={false}
        title={event?.eventType ?? `Event ${formatCount(position)}`}
        note={event && <EventPlace event={event} />}
      >
        <div data-inspector className="-mx-4">
          {event === undefined ? missing : <EventSections event={event} projections={projections} />}
        </div>
      </Sheet>
    );
  }
  return (
    <aside aria-label="Selected event" data-inspector className="min-h-0 overflow-y-auto border-line border-s">
      {event === undefined ? (
        <div className="p-4">
          {missing}
          <Button className="mt-3" onClick={onClose}>
            Close
          </Button>
        </div>
      ) : (
        <EventInspector event={event} projections={projections} onClose={onClose} />
      )}
    </aside>
  );
}
