'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import { Card } from './card.tsx';
import { METRICS, versionName } from './experiment-words.ts';
import { formatPercent } from './interval-words.ts';

const EVENTS_MAX = 200;

/** What was agreed before the comparison, and all that happened since: each an event of the experiment's own stream. */
export function LifePanel({ experiment }: { experiment: Experiment }) {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Terms experiment={experiment} />
      <History experiment={experiment} />
    </div>
  );
}

function Terms({ experiment }: { experiment: Experiment }) {
  const zone = useZone();
  const { kind, subject, range, metric, matters, measure, actor, draftedAt } = experiment;
  const open = (value: string | undefined, otherwise: string) => value ?? otherwise;
  const rows: [string, ReactNode][] = [
    ['Hypothesis', experiment.hypothesis],
    [kind === 'projection' ? 'Projection' : 'Decider of', subject],
    ['Version A', versionName(experiment, 'a')],
    ['Version B', versionName(experiment, 'b')],
    [
      'Range',
      kind === 'projection'
        ? `positions after ${formatCount(open(range.after, '0'))}, up to ${range.upTo === undefined ? 'the mark' : formatCount(range.upTo)}`
        : `commands from ${open(range.from, 'the first')} to ${open(range.to, 'the last')}`,
    ],
    ['Decided by', METRICS[metric].label],
    ['What matters', `a change of ${formatPercent(matters)} or more`],
    ...(measure === null
      ? []
      : [
          [
            'Business measure',
            measure.count === undefined
              ? `sum of ${measure.sum?.field ?? ''} in ${measure.sum?.eventType ?? ''}`
              : `count of ${measure.count}`,
          ] as [string, ReactNode],
        ]),
    ['Asked by', `${actor}, ${formatTime(draftedAt, zone, { date: 'always' })}`],
  ];
  return (
    <Card title="What was agreed">
      <dl>
        {rows.map(([term, value]) => (
          <div key={term} className="flex gap-4 border-line border-t px-4 py-2">
            <dt className="w-28 shrink-0 text-ink-2">{term}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function History({ experiment }: { experiment: Experiment }) {
  const trpc = useTRPC();
  const zone = useZone();
  const streamId = `experiment-${experiment.id}`;
  const events = useQuery(
    trpc.streams.events.queryOptions({ streamId, limit: EVENTS_MAX, direction: 'backward' }, { refetchInterval: 5000 }),
  );
  return (
    <Card
      title="What happened"
      note="newest first"
      aside={<ButtonLink href={routes.stream(streamId)}>Open {streamId}</ButtonLink>}
    >
      {events.isError ? (
        <QueryError title="The events could not be read" error={events.error} onRetry={() => void events.refetch()} />
      ) : events.isPending ? (
        <SkeletonLines rows={5} label="events" />
      ) : (
        <ol>
          {events.data.events.map((event) => (
            <li key={event.eventId} className="border-line border-t px-4 py-2">
              <div className="flex flex-wrap items-center gap-x-2.5">
                <EventGlyph eventType={event.eventType} />
                <Link className="font-medium text-tide hover:underline" href={routes.event(event.globalPosition)}>
                  {event.eventType}
                </Link>
                <span className="text-ink-2">{event.metadata.actor}</span>
                <span className="ml-auto text-ink-2 text-small">{formatTime(event.recordedAt, zone)}</span>
              </div>
              <p className="text-ink-2 text-small">{saying(event.data)}</p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

/** The one sentence that an event carries, where it carries one. */
function saying(data: { [name: string]: unknown }): string | null {
  const text = data.sentence ?? data.reason ?? data.hypothesis;
  return typeof text === 'string' ? text : null;
}
