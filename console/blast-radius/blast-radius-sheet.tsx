'use client';

import { type ReactNode, useId, useState } from 'react';
import { QueryError } from '#console/query-error.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input, Textarea } from '#console/ui/input.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { NotDone } from './not-done.tsx';

/** What an act touches: a figure with its unit, and on what it rests. */
export type RadiusFact = { label: string; figure: string; basis?: string | undefined };

type Props = {
  /** Names the result: "Rebuild orders beside v1". */
  title: string;
  /** Null while they are worked out. */
  facts: readonly RadiusFact[] | null;
  factsError?: unknown;
  onRetryFacts?: () => void;
  /** What it will not cure, and what can't be undone. */
  warnings: readonly ReactNode[];
  /** Why it would be refused now; the last button is then disabled. */
  refused: string | null;
  /** Must be typed again where the act is dangerous. */
  typed?: string | undefined;
  /** Where the reason is kept: "in projection-orders". */
  keptIn: string;
  confirm: string;
  /** The last step of what can't be undone. */
  danger?: boolean;
  busy: boolean;
  failure?: unknown;
  onConfirm(reason: string): void;
  onClose(): void;
  /** Fields of the act itself, before the reason. */
  children?: ReactNode;
  /** What the fields still lack; null where nothing. */
  lacking?: string | null;
};

const REASON_CHARS_MIN = 3;

/** What an act would do, before it is done; it is done only with a reason and, where it is dangerous, the name typed again. */
export function BlastRadiusSheet(props: Props) {
  const { title, facts, warnings, refused, typed, keptIn, confirm, danger = false, busy, failure, children } = props;
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const whyId = useId();
  const lacking =
    refused ??
    props.lacking ??
    (facts === null
      ? 'What it touches is being worked out.'
      : reason.trim().length < REASON_CHARS_MIN
        ? 'A reason is needed.'
        : typed !== undefined && name !== typed
          ? `Type ${typed} to allow it.`
          : null);
  const submit = () => {
    if (lacking === null && !busy) props.onConfirm(reason.trim());
  };
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={title}
      note={busy ? 'Asked for, and not answered yet' : 'Nothing has happened yet'}
      foot={
        <>
          <span
            id={whyId}
            role="status"
            className="mr-auto min-w-0 grow basis-40 text-ink-2 text-small max-sm:basis-full"
          >
            {lacking ?? (busy ? 'The answer is awaited.' : 'It is kept with your name.')}
          </span>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            variant={danger ? 'danger-solid' : 'primary'}
            disabled={lacking !== null || busy}
            focusableWhenDisabled
            aria-describedby={whyId}
            onClick={submit}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure === undefined || failure === null ? null : <NotDone failure={failure} />}
        <section aria-label="What this touches">
          <h3 className="pb-2 font-semibold">What this touches</h3>
          <Facts {...props} />
        </section>
        {warnings.length === 0 ? null : (
          <ul className="flex flex-col gap-1.5 rounded-card border border-warn-line bg-warn-soft px-4 py-3">
            {warnings.map((warning, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences
              <li key={index}>{warning}</li>
            ))}
          </ul>
        )}
        {children}
        <Field label="Reason" hint={`kept ${keptIn}`}>
          <Textarea value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} />
        </Field>
        {typed === undefined ? null : (
          <Field
            label={
              <>
                Type <code>{typed}</code> to allow it
              </>
            }
          >
            <Input
              mono
              value={name}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Field>
        )}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Sheet>
  );
}

function Facts({ facts, factsError, onRetryFacts }: Props) {
  if (facts === null) {
    return factsError === undefined || factsError === null ? (
      <SkeletonLines rows={5} rowHeight={44} label="what this touches" />
    ) : (
      <QueryError title="What it touches could not be worked out" error={factsError} onRetry={onRetryFacts} />
    );
  }
  return (
    <dl className="border-line border-t">
      {facts.map(({ label, figure, basis }) => (
        <div key={label} className="flex gap-4 border-line border-b py-2">
          <dt className="w-32 shrink-0 text-ink-2 max-sm:w-24">{label}</dt>
          <dd className="min-w-0 break-words">
            <span className="block font-semibold">{figure}</span>
            {basis === undefined ? null : <span className="block text-ink-3 text-small">{basis}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
