'use client';

import { formatCount } from '#console/format.ts';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { CommandForm } from './use-command-form.ts';

/** On which state the command is tried: the newest, where it can be sent, or that of an earlier version. */
export function StateChoice({ form }: { form: CommandForm }) {
  const { at, pinned, step } = form;
  if (step === 'sent' || (at === null && (pinned === null || pinned.version === 0))) return null;
  const newest = pinned?.version ?? 0;
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        label="State to decide on"
        items={[
          { value: 'now', label: 'As it is' },
          { value: 'earlier', label: 'What if, earlier' },
        ]}
        value={at === null ? 'now' : 'earlier'}
        onChange={(value) => form.setAt(value === 'now' ? null : Math.max(0, newest - 1))}
        className="self-start"
      />
      {at === null ? null : (
        <Field
          label="Version"
          hint={newest === 0 ? undefined : `0 to ${formatCount(newest)}`}
          help="Decided on the state as it was then. Nothing can be sent to the past."
        >
          <Input
            inputMode="numeric"
            value={String(at)}
            readOnly={step !== 'fill'}
            onChange={(event) => {
              if (/^\d{1,9}$/.test(event.target.value)) form.setAt(Number(event.target.value));
            }}
          />
        </Field>
      )}
    </div>
  );
}
