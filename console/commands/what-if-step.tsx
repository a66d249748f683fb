'use client';

import { formatCount, formatNumberOf } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { diffLines } from '#console/state-inspector/diff-lines.ts';
import { DiffView } from '#console/state-inspector/diff-view.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import type { WhatIf } from '#server/command-bus/receipt.ts';
import { DecidedEvents, Part } from './decided-events.tsx';
import { StepColumn } from './step-column.tsx';
import type { CommandForm } from './use-command-form.ts';

/** What the rules of today answer on the state of an earlier version. It leads nowhere but back to the form. */
export function WhatIfStep({ form, at }: { form: CommandForm; at: number }) {
  const { whatIf, step } = form;
  return (
    <StepColumn
      number={2}
      title={`What if, at version ${formatCount(at)}`}
      state={step === 'tried' ? 'current' : 'ahead'}
      focused={step === 'tried'}
      aside={whatIf === null ? null : <Badge>nothing written</Badge>}
    >
      <div role="status" aria-live="polite">
        {whatIf === null ? (
          <p className="text-ink-3">Tells what the rules of today would answer on the state as it was then.</p>
        ) : (
          <div className="flex flex-col gap-5">
            <Answer whatIf={whatIf} />
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => form.setAt(null)}>Back to the newest version</Button>
              {at === 0 ? null : (
                <ButtonLink href={routes.stream(whatIf.streamId, { v: at })}>
                  Open stream at {formatCount(at)}
                </ButtonLink>
              )}
            </div>
          </div>
        )}
      </div>
    </StepColumn>
  );
}

function Answer({ whatIf }: { whatIf: WhatIf }) {
  const { outcome, rejection, events, before, state, version, lastVersion } = whatIf;
  const since = lastVersion - version;
  const passed = (
    <p className="text-ink-2 text-small">
      Decided by the rules of today on version {formatCount(version)};{' '}
      {since === 0 ? 'the stream has no later one.' : `${formatNumberOf(since, 'event')} came since.`}
    </p>
  );
  if (rejection !== undefined) {
    return (
      <>
        <div>
          <h3 className="text-lead">Would have been refused</h3>
          <p className="text-ink-2">
            <code className="text-ink">{rejection.code}</code>: {rejection.message}
          </p>
        </div>
        <Part title={`State at version ${formatCount(version)}`}>
          <JsonTree label={`State at version ${version}`} value={before} />
        </Part>
        {passed}
      </>
    );
  }
  if (outcome === 'nothing_to_do') {
    return (
      <>
        <p className="text-lead">Nothing would have been left to do.</p>
        {passed}
      </>
    );
  }
  return (
    <>
      <DecidedEvents title={`Would have appended ${formatNumberOf(events.length, 'event')}`} events={events} />
      <Part title="State that would have changed">
        <div className="overflow-hidden rounded-card border border-line bg-surface">
          <DiffView lines={diffLines(before, state)} />
        </div>
      </Part>
      {passed}
    </>
  );
}
