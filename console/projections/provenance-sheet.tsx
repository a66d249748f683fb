'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { Provenance } from '#server/projections/inspection.ts';
import { cellText } from './rows-model.ts';

const CAUSE: Record<NonNullable<Provenance['firstDifference']>['cause'], string> = {
  edited_by_hand: 'edited by hand',
  deleted_by_hand: 'deleted by hand',
  event_lost: 'an event was lost',
  code_changed: 'the code changed',
};

/** The events that made a row, and for a doubtful one the first at which a fresh replay makes it otherwise. */
export function ProvenanceSheet({ name, row, onClose }: { name: string; row: string; onClose(): void }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.readModels.provenance.queryOptions({ name, key: row }, { staleTime: 0 }));
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={row}
      note={`A row of ${name}, and the events that made it`}
      className="w-[560px]"
    >
      {query.isPending ? (
        <SkeletonLines rows={10} label="the events of the row" onCancel={onClose} />
      ) : query.data === undefined ? (
        <QueryError title="Its events could not be read" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Origin origin={query.data} />
      )}
    </Sheet>
  );
}

function Origin({ origin }: { origin: Provenance }) {
  const zone = useZone();
  const { equal, events, truncated, streamId, firstDifference } = origin;
  return (
    <div className="flex flex-col gap-4">
      {firstDifference === null ? (
        <Banner tone="ok" title={equal ? 'It is what a fresh replay makes' : 'It differs from a fresh replay'}>
          {formatNumberOf(events.length, 'event')} of its stream, applied again by the same code.
        </Banner>
      ) : (
        <Banner
          tone="bad"
          title={`It differs from a fresh replay since ${firstDifference.eventType} at ${formatCount(firstDifference.globalPosition)}: ${CAUSE[firstDifference.cause]}`}
          actions={<ButtonLink href={routes.event(firstDifference.globalPosition)}>Open the event</ButtonLink>}
        >
          {firstDifference.explanation}
        </Banner>
      )}
      <Differences origin={origin} />
      <section aria-label="Events that made the row">
        <h3 className="flex items-center gap-3 pb-1 font-semibold">
          Events that made it
          <Link className="mono font-normal text-small text-tide hover:underline" href={routes.stream(streamId)}>
            {streamId}
          </Link>
        </h3>
        {truncated ? <p className="text-ink-2">The last thousand; earlier ones were applied before them.</p> : null}
        <ol className="border-line border-t">
          {events.map(({ globalPosition, streamVersion, eventType, occurredAt, changed, parked }) => (
            <li key={globalPosition} className="border-line border-b py-1.5">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="w-8 text-right text-ink-3">{streamVersion}</span>
                <Link className="font-medium text-tide hover:underline" href={routes.event(globalPosition)}>
                  {eventType}
                </Link>
                <span className="text-ink-2 text-small">
                  {formatCount(globalPosition)}, {formatTime(occurredAt, zone)}
                </span>
                {parked ? <Badge status="failed">set aside</Badge> : null}
              </p>
              <p className="break-words pl-11 text-ink-3 text-small">
                {changed.length === 0 ? 'changed nothing' : `set ${changed.join(', ')}`}
              </p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Differences({ origin: { differences, stored, replayed } }: { origin: Provenance }) {
  if (differences.length === 0) return null;
  return (
    <section aria-label="Fields that differ">
      <h3 className="pb-1 font-semibold">
        {stored === null
          ? 'There is no row; a replay makes one'
          : replayed === null
            ? 'A replay makes no row'
            : formatNumberOf(differences.length, 'field differs', 'fields differ')}
      </h3>
      <dl className="border-line border-t">
        {differences.map(({ field, stored: is, replayed: should }) => (
          <div key={field} className="border-line border-b py-1.5">
            <dt className="mono text-ink-2">{field}</dt>
            <dd className="grid grid-cols-2 gap-3">
              <span className="min-w-0 break-words">
                <span className="block text-ink-3 text-small">stored</span>
                <span className="bg-warn-soft font-semibold">{cellText(is)}</span>
              </span>
              <span className="min-w-0 break-words">
                <span className="block text-ink-3 text-small">by a replay</span>
                <span className="bg-warn-soft font-semibold">{cellText(should)}</span>
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
