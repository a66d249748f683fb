'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { type StatusKind, StatusShape } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { type Acknowledged, acknowledgedBy, countAcknowledged } from './acknowledged.ts';
import { InspectorSection } from './inspector-section.tsx';

type Props = {
  event: RecordedEvent;
  /** Undefined until the first pulse. */
  projections: readonly ProjectionStatus[] | undefined;
};

const LOOK: Record<Acknowledged['state'], { shape: StatusKind; colour: string; word: string }> = {
  applied: { shape: 'running', colour: 'text-ink-2', word: 'applied' },
  pending: { shape: 'held', colour: 'text-warn', word: 'pending' },
  failed: { shape: 'failed', colour: 'text-bad', word: 'failed here' },
  parked: { shape: 'failed', colour: 'text-bad', word: 'parked' },
  waiting: { shape: 'held', colour: 'text-warn', word: 'waits behind a parked event' },
  skipped: { shape: 'stopped', colour: 'text-ink-2', word: 'skipped' },
  'not meant': { shape: 'stopped', colour: 'text-ink-3', word: 'does not see its category' },
};

/** Whether each projection has the event: applied, pending, failed, parked, waiting behind a parked one, or skipped. */
export function EventAcknowledgements({ event, projections }: Props) {
  const trpc = useTRPC();
  // What is parked changes with the checkpoints, which the pulse brings; this is asked for as often as that matters.
  const parked = useQuery(
    trpc.parked.list.queryOptions({ position: event.globalPosition, limit: 50 }, { refetchInterval: 5000 }),
  );
  if (projections === undefined || projections.length === 0) return null;
  const all = acknowledgedBy(event, projections, parked.data?.events ?? []);
  const { applied, awaited } = countAcknowledged(all);
  return (
    <InspectorSection title="Acknowledged by" note={parked.data === undefined ? undefined : `${applied} of ${awaited}`}>
      {parked.isError && (
        <QueryError
          title="What is parked could not be read"
          error={parked.error}
          onRetry={() => void parked.refetch()}
          className="mb-2"
        />
      )}
      {/* Before it is known what is parked, nobody can say that a passed event is applied. */}
      {parked.data !== undefined && (
        <ul className="grid grid-cols-[12px_minmax(0,max-content)_minmax(3rem,1fr)_auto] gap-x-2.5 gap-y-1">
          {all.map((one) => (
            <Line key={one.projection.name} acknowledged={one} position={event.globalPosition} />
          ))}
        </ul>
      )}
    </InspectorSection>
  );
}

function Line({ acknowledged, position }: { acknowledged: Acknowledged; position: Position }) {
  const { projection, state, parked } = acknowledged;
  const { name, checkpoint } = projection;
  const { shape, colour, word } = LOOK[state];
  return (
    <li className="col-span-4 grid grid-cols-subgrid items-center">
      <StatusShape kind={shape} size={11} />
      <Link href={routes.projection(name)} className="min-h-6 content-center truncate hover:text-tide hover:underline">
        {name}
      </Link>
      {state === 'applied' || state === 'pending' || state === 'failed' ? (
        <TideGauge
          size="sm"
          at={state === 'applied' ? 1 : gaugeShare(checkpoint, position)}
          mark={1}
          label={`${name}, up to this event`}
          stalled={state !== 'applied'}
        />
      ) : (
        <span />
      )}
      <span className={`text-end ${colour}`}>
        {state === 'parked' && parked !== null ? (
          <Link
            href={routes.parked({ group: `${name}.${parked.version}.${parked.fingerprint}`, event: position })}
            className="underline"
          >
            {word}
          </Link>
        ) : (
          word
        )}
        {(state === 'pending' || state === 'failed') && (
          <span className="text-ink-3 text-small"> at {formatCount(checkpoint)}</span>
        )}
      </span>
      {projection.acknowledges ? null : (
        <p className="col-span-3 col-start-2 text-ink-3 text-small">no receipt waits for it</p>
      )}
      {(state === 'parked' || state === 'failed') && (
        <p className="col-span-3 col-start-2 text-ink-2 [overflow-wrap:anywhere]">
          {parked?.message ?? projection.fault?.message}
        </p>
      )}
    </li>
  );
}

/** The way to this event that the projection has covered. */
function gaugeShare(checkpoint: Position, position: Position): number {
  return Number(position) === 0 ? 1 : Number(checkpoint) / Number(position);
}
