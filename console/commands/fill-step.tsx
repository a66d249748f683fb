'use client';

import { Lock, Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCount, shortenId } from '#console/format.ts';
import { formatClock, formatOffset } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input, InputGroup } from '#console/ui/input.tsx';
import type { CommandTypeInfo } from '#server/command-bus/receipt.ts';
import { SchemaFields } from './schema-fields.tsx';
import { StateChoice } from './state-choice.tsx';
import { StepColumn } from './step-column.tsx';
import type { CommandForm } from './use-command-form.ts';

/** The form. Enter tries it. */
export function FillStep({ type, form }: { type: CommandTypeInfo; form: CommandForm }) {
  const { step, failure, faults, pinned } = form;
  const filling = step === 'fill';
  const zone = useZone();
  const shape = useRef<HTMLFormElement>(null);
  // Whoever cannot see the marks is led to the first of them.
  useEffect(() => {
    if (failure !== null)
      shape.current?.querySelector<HTMLElement>(':is(input, textarea, button)[data-invalid]')?.focus();
  }, [failure]);
  return (
    <StepColumn number={1} title="Fill" state={filling ? 'current' : 'done'} aside="from the schema">
      <form
        ref={shape}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (filling && !form.busy) form.tryIt();
        }}
      >
        <p className="text-ink-2">{type.description}</p>
        <Field
          label="Stream"
          help={filling && type.opensStream ? 'A new id, or one that stands already' : undefined}
          error={faults.find(({ field }) => field === 'streamId')?.message}
        >
          <Input
            mono
            name="streamId"
            value={form.streamId}
            onChange={(event) => form.setStreamId(event.target.value)}
            readOnly={!filling}
            placeholder={`${type.category}-…`}
            autoComplete="off"
          />
        </Field>
        <StateChoice form={form} />
        {form.at === null ? (
          <Field label="Expected version" hint="read with the stream">
            <InputGroup
              before={<Lock strokeWidth={1.75} aria-hidden />}
              readOnly
              value={pinned === null ? '' : versionWords(pinned.version, type, form.streamId)}
            />
          </Field>
        ) : null}
        <SchemaFields
          fields={form.fields}
          draft={form.draft}
          onChange={form.setDraft}
          readOnly={!filling}
          faults={faults}
        />
        {failure !== null && faults.length === 0 ? <FormFailure form={form} /> : null}
        <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-1 border-line border-t pt-3 text-small">
          <dt className="text-ink-2">idempotency key</dt>
          <dd className="mono" title={form.commandId}>
            {shortenId(form.commandId)}
          </dd>
          <dt className="text-ink-2">opened</dt>
          <dd>
            {formatClock(form.openedAt, zone)}{' '}
            <span className="mono text-ink-2">{formatOffset(form.openedAt, zone)}</span>
          </dd>
        </dl>
        {filling ? (
          <Button
            type="submit"
            variant="primary"
            size="md"
            disabled={form.busy || pinned === null}
            focusableWhenDisabled
            className="self-start"
          >
            {form.at === null ? 'Dry run' : `Try at version ${formatCount(form.at)}`}
          </Button>
        ) : (
          <Button onClick={step === 'sent' ? form.startAnew : form.change} className="self-start">
            <Undo2 strokeWidth={1.75} aria-hidden />
            {step === 'sent' ? 'Use as a new draft' : 'Change'}
          </Button>
        )}
      </form>
    </StepColumn>
  );
}

/** The version that the command expects; of one that opens no stream, that there is none of this id. */
function versionWords(version: number, { opensStream }: CommandTypeInfo, streamId: string): string {
  if (version > 0) return formatCount(version);
  if (streamId === '') return '';
  return opensStream ? '0, a new stream' : '0, no stream has this id';
}

function FormFailure({ form: { failure } }: { form: CommandForm }) {
  if (failure === null || failure.code === 'expected-version-conflict') return null;
  return (
    <p role="alert" className="text-bad">
      {failure.message}
      {failure.requestId === null ? null : <span className="mono block text-micro">request {failure.requestId}</span>}
    </p>
  );
}
