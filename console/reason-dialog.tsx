'use client';

import { type ReactNode, useState } from 'react';
import { NotDone } from './blast-radius/not-done.tsx';
import { readFailure } from './trpc-client.tsx';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Field } from './ui/field.tsx';
import { Input } from './ui/input.tsx';

type Props = {
  title: string;
  note: string;
  /** What the button does: "Revoke it". */
  act: string;
  danger?: boolean;
  /** Whether all else that the act needs is filled in. */
  ready?: boolean;
  /** The mutation that does it. */
  pending: boolean;
  error: unknown;
  onAct(reason: string): void;
  onClose(): void;
  /** Fields that stand above the reason. */
  children?: ReactNode;
};

/** An act that asks why before it is done. */
export function ReasonDialog(props: Props) {
  const { title, note, act, danger = false, ready = true, pending, error, onAct, onClose, children } = props;
  const [reason, setReason] = useState('');
  const said = reason.trim();
  const failure = error === null ? null : readFailure(error);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      note={note}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={danger ? 'danger-solid' : 'primary'}
            disabled={!ready || said.length < 3 || pending}
            onClick={() => onAct(said)}
          >
            {act}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-2">
        {failure === null || failure.field === 'reason' ? null : <NotDone failure={error} />}
        {children}
        <Field label="Why" help="Stands in the audit" error={failure?.field === 'reason' ? failure.message : undefined}>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
