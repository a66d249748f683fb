'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import type { CauseGroup, Parting } from '#server/compare/report.ts';
import { cellText } from './differences-model.ts';
import { versionName } from './experiment-words.ts';
import { PartingTrail } from './parting-trail.tsx';

type Props = { experiment: Experiment; group: CauseGroup; parting: Parting; onExplain: () => void };

const BEFORE = 7;

/** The event after which the two rows part: the stream up to it, what each side made of it, and what it says. */
export function PartingPanel({ experiment, group, parting, onExplain }: Props) {
  const trpc = useTRPC();
  const zone = useZone();
  const { streamId, streamVersion, eventType, globalPosition, occurredAt } = parting;
  const after = Math.max(0, streamVersion - BEFORE - 1);
  const before = useQuery(
    trpc.streams.events.queryOptions(
      { streamId, after, limit: streamVersion - after },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const field = group.fields[0];
  const said = (row: Parting['a'], side: 'a' | 'b') => {
    const name = versionName(experiment, side);
    if (row === null) return `${name} has no row`;
    return field === undefined ? name : `${name} ${field} ${cellText(row[field])}`;
  };
  return (
    <>
      <div className="border-line border-t px-4 pt-3 pb-2">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <h4 className="font-semibold">Where they part</h4>
          <span className="text-ink-2 text-small">
            {parting.equalFor === 0
              ? 'from the first event on'
              : `equal for ${formatNumberOf(parting.equalFor, 'event')} of ${formatCount(parting.events)}, then`}
          </span>
        </div>
        <PartingTrail
          versions={
            before.data?.events.map((event) => ({ version: event.streamVersion, eventType: event.eventType })) ?? []
          }
          at={{ version: streamVersion, eventType }}
          a={said(parting.a, 'a')}
          b={said(parting.b, 'b')}
        />
      </div>
      <div className="border-line border-t px-4 py-3">
        <div className="flex flex-wrap items-center gap-x-2.5">
          <EventGlyph eventType={eventType} size={12} />
          <h4 className="font-semibold">{eventType}</h4>
          <Link href={routes.event(globalPosition)} className="mono text-tide hover:underline">
            {formatCount(globalPosition)}
          </Link>
          <span className="text-ink-2 text-small">{formatTime(occurredAt, zone, { date: 'always' })}</span>
        </div>
        <JsonTree label="Data of the event" root="data" value={parting.data} openDepth={1} className="pt-1" />
        <div className="flex flex-wrap gap-2 pt-3">
          <ButtonLink href={routes.stream(streamId, { v: streamVersion })}>
            Open stream at {formatCount(streamVersion)}
          </ButtonLink>
          <Button onClick={onExplain}>Mark cause as expected…</Button>
        </div>
      </div>
    </>
  );
}
