'use client';

import { formatCount } from '#console/format.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { Position } from '#server/kernel/position.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { isAfter } from './position-order.ts';

/** Whether each projection has passed the event's position: applied, pending, or failed before it. */
export function EventAcknowledgements({
  position,
  projections,
}: {
  position: Position;
  projections: readonly ProjectionStatus[];
}) {
  return (
    <ul className="grid grid-cols-[12px_minmax(0,max-content)_minmax(3rem,1fr)_auto] gap-x-2.5 gap-y-1">
      {projections.map((projection) => {
        const applied = !isAfter(position, projection.checkpoint);
        const failed = !applied && projection.state === 'faulted';
        return (
          <li key={projection.name} className="col-span-4 grid grid-cols-subgrid items-center">
            <StatusShape kind={applied ? 'running' : failed ? 'failed' : 'held'} size={11} />
            <span className="truncate">{projection.name}</span>
            <TideGauge
              size="sm"
              at={applied ? 1 : gaugeShare(projection.checkpoint, position)}
              mark={1}
              label={`${projection.name}, up to this event`}
              stalled={!applied}
            />
            <span className="text-end">
              {applied ? (
                <span className="text-ink-2">applied</span>
              ) : (
                <span className={failed ? 'text-bad' : 'text-warn'}>
                  {failed ? 'failed' : 'pending'}{' '}
                  <span className="text-ink-3 text-small">at {formatCount(projection.checkpoint)}</span>
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** How many of them have it. */
export function countApplied(position: Position, projections: readonly ProjectionStatus[]): number {
  return projections.filter((projection) => !isAfter(position, projection.checkpoint)).length;
}

/** The way to this event that the projection has covered. */
function gaugeShare(checkpoint: Position, position: Position): number {
  return Number(position) === 0 ? 1 : Number(checkpoint) / Number(position);
}
