'use client';

import { Fingerprint } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type AuthResult, askAuth } from '#console/sign-in/auth-api.ts';
import { sentence } from '#console/sign-in/failure-note.tsx';
import { passkeysHere, stepUpByPasskey } from '#console/sign-in/passkey.ts';
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
  const send = async (work: () => Promise<AuthResult<object>>) => {
    setBusy(true);
    const result = await work();
    setBusy(false);
    if (result.ok) return close(true);
    setCode('');
    setError(result.failure.message);
  };
  const byPasskey = () => send(stepUpByPasskey);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = code.trim();
    await send(() => askAuth('/step-up', CODE.test(given) ? { code: given } : { recoveryCode: given }));
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close(false);
      }}
      title="Show your second factor"
      note="For this it must have been shown in the last 5 minutes. Nothing has been done yet."
      className="w-[400px]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 pt-2">
        <Field
          label="Code"
          help="Six digits of your authenticator app, or a recovery code"
          error={error === null ? undefined : sentence(error)}
        >
          <Input
            mono
            autoFocus
            autoComplete="one-time-code"
            inputMode="text"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          {open && passkeysHere().possible ? (
            <Button type="button" className="mr-auto" disabled={busy} onClick={() => void byPasskey()}>
              <Fingerprint strokeWidth={1.75} aria-hidden />
              Use a passkey
            </Button>
          ) : null}
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
