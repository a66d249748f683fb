'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { answerStepUp } from './step-up-link.ts';

/** Six digits are a code of the app; anything else is taken as a recovery code. */
const CODE = /^\d{6}$/;

/** Stands once on every page, and opens when an act asks for a fresh second factor. */
export function StepUpDialog() {
  const settle = useRef<((shown: boolean) => void) | null>(null);
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(
    () =>
      answerStepUp(() => {
        settle.current?.(false);
        setCode('');
        setError(null);
        setOpen(true);
        return new Promise((resolve) => {
          settle.current = resolve;
        });
      }),
    [],
  );

  const close = (shown: boolean) => {
    setOpen(false);
    settle.current?.(shown);
    settle.current = null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const failure = await stepUp(code.trim());
    setBusy(false);
    if (failure === null) close(true);
    else setError(failure);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close(false);
      }}
      title="Show your second factor"
      note="This act needs one of the last 5 minutes. Nothing has happened yet."
      className="w-[400px]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 pt-2">
        <Field label="Code" help="Six digits of your authenticator app, or a recovery code" error={error}>
          <Input
            mono
            autoFocus
            autoComplete="one-time-code"
            inputMode="text"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button type="button" onClick={() => close(false)}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={busy || code.trim() === ''}>
            Go on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Null where it was accepted, else the server's words. */
async function stepUp(code: string): Promise<string | null> {
  try {
    const response = await fetch('/api/auth/step-up', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(CODE.test(code) ? { code } : { recoveryCode: code }),
    });
    if (response.ok) return null;
    const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
    return problem?.detail ?? 'The server did not take it';
  } catch {
    return 'The server does not answer';
  }
}
