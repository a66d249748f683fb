'use client';

import { Fingerprint } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useMounted } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { type AuthFailure, type AuthResult, askAuth, type Next } from './auth-api.ts';
import { EntryHeading } from './entry-frame.tsx';
import { FailureNote, formatWait } from './failure-note.tsx';
import { formText } from './form-text.ts';
import { passkeysHere, signInByPasskey } from './passkey.ts';
import { PasskeyAddress } from './passkey-address.tsx';
import { PasswordInput } from './password-input.tsx';
import { useWait } from './use-wait.ts';

type Props = {
  host: string;
  email: string;
  /** Said above the form, such as why it has to begin again. */
  note: string | null;
  onNext: (next: Next, email: string) => void;
};

/** E-mail address and password, or a passkey in place of both factors. */
export function PasswordStep({ host, email, note, onNext }: Props) {
  const mounted = useMounted();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const wait = useWait();
  const passkeys = mounted ? passkeysHere() : null;

  const settle = (result: AuthResult<Next>, given: string) => {
    setBusy(false);
    if (result.ok) return onNext(result.body, given);
    setFailure(result.failure);
    if (result.failure.retryAfterSeconds !== null) wait.begin(result.failure.retryAfterSeconds);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Read from the form: what a password manager filled in before the page was ready counts too.
    const form = new FormData(event.currentTarget);
    const given = { email: formText(form, 'email').trim(), password: formText(form, 'password') };
    if (given.email === '' || given.password === '') {
      return setFailure({ code: 'missing', message: 'Give both', field: null, retryAfterSeconds: null });
    }
    setBusy(true);
    setFailure(null);
    settle(await askAuth<Next>('/sign-in', given), given.email);
  };
  const byPasskey = async () => {
    setBusy(true);
    setFailure(null);
    settle(await signInByPasskey(), email);
  };
  const unready = !mounted || busy || wait.secondsLeft > 0;
  return (
    <>
      <EntryHeading title="Sign in" note={host} />
      {note === null ? null : (
        <p role="status" className="pb-4 text-ink-2">
          {note}
        </p>
      )}
      {/* By POST, so that a form sent before the page is ready never puts a password into an address. */}
      <form method="post" onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <Field label="Email" name="email">
          <Input
            type="email"
            defaultValue={email}
            autoFocus={email === ''}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            className="h-9"
          />
        </Field>
        <Field label="Password" name="password">
          <PasswordInput autoComplete="current-password" autoFocus={email !== ''} className="h-9" />
        </Field>
        <FailureNote failure={failure} secondsLeft={wait.secondsLeft} />
        <Button type="submit" size="lg" variant="primary" disabled={unready}>
          {wait.secondsLeft > 0 ? `Continue in ${formatWait(wait.secondsLeft)}` : 'Continue'}
        </Button>
      </form>
      <div className="flex items-center gap-3 py-4 text-ink-3 text-small">
        <span className="h-px grow bg-line" />
        or
        <span className="h-px grow bg-line" />
      </div>
      <Button
        size="lg"
        className="w-full"
        disabled={unready || passkeys?.possible !== true}
        onClick={() => void byPasskey()}
      >
        <Fingerprint strokeWidth={1.75} aria-hidden className="size-4!" />
        Use a passkey
      </Button>
      {passkeys === null || passkeys.possible ? null : <PasskeyAddress here={passkeys} />}
      <p className="pt-5 text-ink-3 text-small">
        First start? The one-time link is in the terminal that ran <code>npm start</code>. A second factor is asked
        after the password.
      </p>
    </>
  );
}
