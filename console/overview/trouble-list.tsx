'use client';

import { useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { Button, ButtonLink, type ButtonVariant } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { MarkHolder } from '#server/kernel/projection.ts';
import { HolderSheet } from './holder-sheet.tsx';
import type { Trouble, TroubleAction } from './trouble.ts';

/** One row a trouble, the worst first; one quiet line where there is none. */
export function TroubleList({ troubles, calm }: { troubles: readonly Trouble[]; calm: string }) {
  const [holder, setHolder] = useState<MarkHolder | null>(null);
  if (troubles.length === 0) {
    return (
      <p className="flex min-h-8 flex-wrap items-center gap-x-2.5">
        <StatusShape kind="running" />
        <span className="font-semibold">Nothing needs a hand.</span>
        <span className="text-ink-2">{calm}</span>
      </p>
    );
  }
  return (
    <section aria-label="What needs a hand">
      <h2 className="pb-3 text-verdict sm:sr-only">
        {formatNumberOf(troubles.length, 'thing')} {troubles.length === 1 ? 'needs' : 'need'} a hand
      </h2>
      <ul className="overflow-hidden rounded-card border border-line bg-surface">
        {troubles.map((trouble, index) => (
          <TroubleRow key={trouble.id} trouble={trouble} first={index === 0} onHolder={setHolder} />
        ))}
      </ul>
      <HolderSheet holder={holder} onClose={() => setHolder(null)} />
    </section>
  );
}

type RowProps = { trouble: Trouble; first: boolean; onHolder: (holder: MarkHolder) => void };

function TroubleRow({ trouble, first, onHolder }: RowProps) {
  const zone = useZone();
  const bad = trouble.tone === 'bad';
  return (
    <li
      className={cn(
        'flex flex-col gap-x-6 gap-y-2 border-line border-b border-l-3 py-2.5 pr-4 pl-3 last:border-b-0 sm:min-h-[60px] sm:flex-row sm:items-center',
        bad ? 'border-l-bad-solid' : 'border-l-warn-solid',
      )}
    >
      <div className="flex min-w-0 grow items-start gap-3.5">
        <StatusShape kind={bad ? 'failed' : 'held'} size={14} className="mt-1" />
        <div className="min-w-0">
          <div className="flex flex-wrap items-baseline gap-x-2.5">
            <h3 className="text-lead">{trouble.title}</h3>
            <p className="min-w-0 break-words text-ink-2">{trouble.clause}</p>
          </div>
          <p className="break-words text-ink-3 text-small">
            {trouble.cause}
            {trouble.since === null ? null : `, since ${formatTime(trouble.since, zone)}`}
          </p>
        </div>
      </div>
      <div className="flex shrink-0 flex-wrap gap-2 pl-7 sm:flex-row-reverse sm:pl-0">
        {trouble.actions.map((action, index) => (
          <Action
            key={action.label}
            action={action}
            variant={index > 0 ? 'ghost' : first ? 'primary' : 'secondary'}
            onHolder={onHolder}
          />
        ))}
      </div>
    </li>
  );
}

type ActionProps = { action: TroubleAction; variant: ButtonVariant; onHolder: (holder: MarkHolder) => void };

function Action({ action, variant, onHolder }: ActionProps) {
  switch (action.kind) {
    case 'link':
      return (
        <ButtonLink href={action.href} variant={variant}>
          {action.label}
        </ButtonLink>
      );
    case 'copy':
      return (
        <CopyButton text={action.text} label={action.label} variant={variant}>
          {action.label}
        </CopyButton>
      );
    case 'holder':
      return (
        <Button variant={variant} onClick={() => onHolder(action.holder)}>
          {action.label}
        </Button>
      );
  }
}
