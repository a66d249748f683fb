'use client';

import { useQuery } from '@tanstack/react-query';
import { formatCount, formatMs, formatNumberOf } from '#console/format.ts';
import { usePulse } from '#console/pulse.tsx';
import { diffLines } from '#console/state-inspector/diff-lines.ts';
import { DiffView } from '#console/state-inspector/diff-view.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { CommandTypeInfo, Receipt } from '#server/command-bus/receipt.ts';
import { DecidedEvents, Part } from './decided-events.tsx';
import { StepColumn } from './step-column.tsx';
import type { CommandForm } from './use-command-form.ts';
import { WhatIfStep } from './what-if-step.tsx';

/** What would happen: events, the state's change, who would see it. Nothing is written. */
export function DryRunStep({ type, form }: { type: CommandTypeInfo; form: CommandForm }) {
  const { step, dryRun, failure } = form;
  if (form.at !== null) return <WhatIfStep form={form} at={form.at} />;
  const conflict = failure?.code === 'expected-version-conflict';
  const state = step === 'sent' ? 'done' : step === 'tried' ? 'current' : 'ahead';
  return (
    <StepColumn
      number={2}
      title="Dry run"
      state={conflict ? 'current' : state}
      // The form's own button has just gone; the next key must not send what nobody has read.
      focused={step === 'tried' && !conflict}
      aside={dryRun === null ? null : <Badge>nothing written</Badge>}
    >
      {conflict ? <Conflict form={form} /> : null}
      {dryRun === null ? (
        conflict ? null : (
          <p className="text-ink-3">Tells what the command would do to the real state, and writes nothing.</p>
        )
      ) : (
        <div className="flex flex-col gap-5">
          <Outcome type={type} dryRun={dryRun} form={form} />
          {step === 'tried' && !conflict ? <SendButton type={type} form={form} dryRun={dryRun} /> : null}
        </div>
      )}
    </StepColumn>
  );
}

function SendButton({ type, form, dryRun }: { type: CommandTypeInfo; form: CommandForm; dryRun: Receipt }) {
  const accepted = dryRun.outcome === 'accepted';
  return (
    <div className="flex items-center gap-2">
      <Button
        variant={accepted ? 'primary' : 'secondary'}
        size="md"
        disabled={form.busy}
        focusableWhenDisabled
        onClick={form.send}
      >
        {accepted ? `Send ${type.commandType}` : 'Send it all the same'}
      </Button>
      {form.busy ? <span className="text-ink-3">waiting for the acknowledgements</span> : null}
    </div>
  );
}

function Outcome({ type, dryRun, form }: { type: CommandTypeInfo; dryRun: Receipt; form: CommandForm }) {
  const decideMs = dryRun.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  if (dryRun.rejection) {
    return (
      <>
        <div>
          <h3 className="text-lead">Would be refused</h3>
          <p className="text-ink-2">
            <code className="text-ink">{dryRun.rejection.code}</code>: {dryRun.rejection.message}
          </p>
        </div>
        <Part title="Current state">
          <JsonTree label="Current state" value={dryRun.state} />
        </Part>
      </>
    );
  }
  if (dryRun.outcome === 'nothing_to_do') {
    return <p className="text-lead">Nothing is left to do: the stream says so already.</p>;
  }
  return (
    <>
      <DecidedEvents title={`Would append ${formatNumberOf(dryRun.events.length, 'event')}`} events={dryRun.events} />
      <Part title="State that would change">
        <div className="overflow-hidden rounded-card border border-line bg-surface">
          <DiffView lines={diffLines(form.pinned?.state ?? {}, dryRun.state)} />
        </div>
      </Part>
      <Part title="Projections that would see it">
        <Affected category={type.category} />
      </Part>
      <p className="text-ink-2 text-small">
        Validated and decided against version {formatCount(form.pinned?.version ?? 0)} in {formatMs(decideMs)}.
      </p>
    </>
  );
}

function Affected({ category }: { category: string }) {
  const { pulse } = usePulse();
  return (
    <ul>
      {(pulse?.projections.projections ?? []).map(({ name, sink, categories, acknowledges }) => {
        const sees = categories === null || categories.includes(category);
        return (
          <li key={name} className="flex min-h-8 items-center gap-3 border-line border-b py-1 last:border-b-0">
            {sees ? <StatusShape kind="running" size={11} /> : <span className="w-[11px]" />}
            <span className={sees ? 'w-24 shrink-0 font-medium' : 'w-24 shrink-0 text-ink-3'}>{name}</span>
            <span className="text-ink-2">
              {sees ? (sink === 'search' ? '1 document written' : 'its rows written') : 'not affected'}
              {sees && !acknowledges ? ', no receipt waits for it' : ''}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Somebody was faster: what happened since, and the way on. */
function Conflict({ form }: { form: CommandForm }) {
  const trpc = useTRPC();
  const actual = Number(form.failure?.details.actualVersion ?? 0);
  const pinned = form.pinned?.version ?? 0;
  const since = useQuery(trpc.streams.events.queryOptions({ streamId: form.streamId, after: pinned, limit: 20 }));
  return (
    <Banner
      tone="warn"
      title={`${form.streamId} has moved on`}
      actions={
        // The button that was pressed has just gone.
        <Button variant="primary" onClick={form.rebase} autoFocus>
          Rebase to version {formatCount(actual)}
        </Button>
      }
      className="mb-4"
    >
      The stream was read at version {formatCount(pinned)}; it is at {formatCount(actual)} now. Nothing was written.
      <ul className="pt-1">
        {since.data?.events.map((event) => (
          <li key={event.eventId} className="flex items-center gap-2">
            <EventGlyph eventType={event.eventType} /> {event.streamVersion} {event.eventType}{' '}
            <span className="text-ink-3">{event.metadata.actor}</span>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
