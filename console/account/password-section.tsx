'use client';

import { type FormEvent, useState } from 'react';
import { type AuthFailure, askAuth } from '#console/sign-in/auth-api.ts';
import { FailureNote, sentence } from '#console/sign-in/failure-note.tsx';
import { formText } from '#console/sign-in/form-text.ts';
import { PasswordInput } from '#console/sign-in/password-input.tsx';
import { useWait } from '#console/sign-in/use-wait.ts';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Section } from './section.tsx';
import { useAccountChanged } from './use-account.ts';

/** The password, and how it is changed. */
export function PasswordSection({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const [changed, setChanged] = useState(false);
  return (
    <Section
      title="Password"
      note={
        <span role="status">
          {changed
            ? 'It is changed, and every other session has ended.'
            : 'Whoever changes it ends all other sessions.'}
        </span>
      }
      actions={<Button onClick={() => setOpen(true)}>Change the password…</Button>}
    >
      {open ? (
        <PasswordDialog
          email={email}
          onClose={(done) => {
            setOpen(false);
            setChanged(done);
          }}
        />
      ) : null}
    </Section>
  );
}

function PasswordDialog({ email, onClose }: { email: string; onClose: (changed: boolean) => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const wait = useWait();
  const refresh = useAccountChanged();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    const result = await askAuth('/password', { current: formText(form, 'current'), next: formText(form, 'next') });
    setBusy(false);
    if (!result.ok) {
      setFailure(result.failure);
      if (result.failure.retryAfterSeconds !== null) wait.begin(result.failure.retryAfterSeconds);
      return;
    }
    await refresh();
    onClose(true);
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose(false);
      }}
      title="Change the password"
      className="w-[400px]"
    >
      <form method="post" onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4 pt-2">
        {/* For password managers, which otherwise don't know whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field label="Password until now" name="current">
          <PasswordInput autoComplete="current-password" autoFocus />
        </Field>
        <Field
          label="New password"
          name="next"
          help="At least 12 characters; anything may be pasted"
          error={failure?.field === 'password' ? sentence(failure.message) : undefined}
        >
          <PasswordInput autoComplete="new-password" />
        </Field>
        <FailureNote failure={failure?.field === 'password' ? null : failure} secondsLeft={wait.secondsLeft} />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onClose(false)}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy || wait.secondsLeft > 0}>
            Change it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
