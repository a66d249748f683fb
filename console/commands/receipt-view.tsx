'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount, formatMs, formatNumberOf } from '#console/format.ts';
import { formatClock, formatOffset } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Status } from '#console/ui/badge.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { StatusKind } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { Receipt, ReceiptProjection } from '#server/command-bus/receipt.ts';
import { ReceiptTrace } from './receipt-trace.tsx';
import { asCurl, isPending, receiptSentence } from './receipt-words.ts';
import { StepWaterfall } from './waterfall.tsx';

const REFRESH_MS = 500;

/** A receipt whole: the sentence, the steps, the projections as they now stand, the state that results. */
export function ReceiptView({ receipt: first, data }: { receipt: Receipt; data?: unknown }) {
  const trpc = useTRPC();
  const later = useQuery(
    trpc.commands.run.queryOptions(
      { commandId: first.commandId },
      {
        enabled: isPending(first),
        refetchInterval: (query) => (query.state.data && !isPending(query.state.data) ? false : REFRESH_MS),
      },
    ),
  );
  const receipt = { ...first, projections: later.data?.projections ?? first.projections };
  return (
    <article className="flex flex-col gap-6" aria-label="Receipt">
      <Headline receipt={receipt} />
      <Part title="Steps">
        <StepWaterfall steps={receipt.steps} />
      </Part>
      {receipt.projections.length === 0 ? null : (
        <Part title="Projections">
          <ul>
            {receipt.projections.map((one) => (
              <ProjectionRow key={one.name} projection={one} position={receipt.globalPosition} />
            ))}
          </ul>
        </Part>
      )}
      {receipt.events.length === 0 ? null : (
        <Part title="Events">
          <ul>
            {receipt.events.map((event) => (
              <li key={event.eventId} className="flex min-h-8 items-center gap-2 border-line border-b last:border-b-0">
                <EventGlyph eventType={event.eventType} />
                <span className="font-medium">{event.eventType}</span>
                <span className="ml-auto text-ink-3">version {formatCount(event.streamVersion)}</span>
                {event.globalPosition === null ? null : (
                  <ButtonLink variant="ghost" href={routes.event(event.globalPosition)}>
                    {formatCount(event.globalPosition)}
                  </ButtonLink>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <ReceiptTrace receipt={receipt} />
      <Part
        title="Current state"
        note={`folded from ${formatNumberOf(receipt.streamVersion, 'event')}, not from the read model`}
      >
        <div className="rounded-card border border-line bg-sunken px-3.5 py-2.5">
          <JsonTree label="State" value={receipt.state} />
        </div>
      </Part>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={routes.stream(receipt.streamId)}>Open stream</ButtonLink>
        {receipt.outcome === 'accepted' ? (
          <ButtonLink href={routes.trace(receipt.commandId)}>Open trace</ButtonLink>
        ) : null}
        <ButtonLink href={routes.commandRun(receipt.commandId)}>Permanent address</ButtonLink>
        {data === undefined ? null : (
          <CopyButton
            text={asCurl(typeof location === 'undefined' ? '' : location.origin, receipt, data)}
            label="Copy as curl"
          >
            Copy as curl
          </CopyButton>
        )}
      </div>
    </article>
  );
}

const ALL_OF: Record<number, string> = { 1: 'The projection has', 2: 'Both projections have' };

function Headline({ receipt }: { receipt: Receipt }) {
  const zone = useZone();
  const totalMs = receipt.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const applied = receipt.projections.filter(({ state }) => state === 'applied').length;
  const all = receipt.projections.length;
  return (
    <div>
      <h2 className="text-verdict [overflow-wrap:anywhere]">{receiptSentence(receipt)}</h2>
      <p className="pt-1 text-ink-2 text-small">
        {receipt.outcome === 'accepted'
          ? `${formatNumberOf(receipt.events.length, 'event')} appended, `
          : 'Nothing was appended, '}
        answered in {formatMs(totalMs)} at {formatClock(receipt.receivedAt, zone, { millis: true })}{' '}
        <span className="mono">{formatOffset(receipt.receivedAt, zone)}</span>, by {receipt.actor}.
        {all === 0
          ? ''
          : applied === all
            ? ` ${ALL_OF[all] ?? `All ${all} projections have`} applied it.`
            : ` ${applied} of ${all} projections have applied it.`}
        {receipt.conflictRetries > 0
          ? ` Decided anew ${formatNumberOf(receipt.conflictRetries, 'time')}, after other writers.`
          : ''}
        {receipt.repeated ? ' This is the answer of an earlier call with the same key.' : ''}
      </p>
      {receipt.rejection ? (
        <p className="pt-2">
          <span className="text-ink-2">Refused as</span> <code className="font-medium">{receipt.rejection.code}</code>
        </p>
      ) : null}
    </div>
  );
}

const KIND: Record<ReceiptProjection['state'], StatusKind> = {
  applied: 'running',
  pending: 'working',
  failed: 'failed',
};

function ProjectionRow({ projection, position }: { projection: ReceiptProjection; position: string | null }) {
  const { name, sink, state, durationMs } = projection;
  return (
    <li className="grid min-h-9 grid-cols-[minmax(0,1fr)_2.5rem_5rem_3.75rem] items-center gap-2 border-line border-b last:border-b-0 sm:grid-cols-[minmax(6rem,9rem)_minmax(2.5rem,1fr)_5.5rem_4.5rem] sm:gap-3">
      <span className="truncate">
        <span className="font-medium">{name}</span> <span className="text-ink-3">{sink}</span>
      </span>
      <TideGauge
        size="sm"
        at={Number(projection.position)}
        mark={Number(position ?? projection.position)}
        stalled={state === 'failed'}
        label={`${name}, up to this command`}
      />
      <Status status={KIND[state]}>{state}</Status>
      <span className="text-right text-ink-2">{durationMs === null ? '' : formatMs(durationMs)}</span>
    </li>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="shrink-0 font-semibold">{title}</h3>
        {note === undefined ? null : <span className="text-ink-3 text-small">{note}</span>}
      </div>
      {children}
    </section>
  );
}
