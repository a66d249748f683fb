'use client';

import { type FormEvent, useState } from 'react';
import { useMounted } from '#console/settings.tsx';
import { type AuthFailure, askAuth, type Next } from '#console/sign-in/auth-api.ts';
import { EntryHeading } from '#console/sign-in/entry-frame.tsx';
import { FailureNote, formatWait, sentence } from '#console/sign-in/failure-note.tsx';
import { formText } from '#console/sign-in/form-text.ts';
import { PasswordInput } from '#console/sign-in/password-input.tsx';
import { useWait } from '#console/sign-in/use-wait.ts';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { Role } from '#server/kernel/caller.ts';

/** What a link is for. Without an address it is the first operator's, who says it. */
export type Invitation = { email: string | null; role: Role };

type Props = {
  host: string;
  link: string;
  invitation: Invitation;
  onMade: (next: Next['next']) => void;
};

/** As `server/identity/password.ts` asks for. */
const PASSWORD_CHARS_MIN = 12;

/** Name, address and password of a new account. */
export function AccountForm({ host, link, invitation: { email, role }, onMade }: Props) {
  const mounted = useMounted();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const [short, setShort] = useState(false);
  const wait = useWait();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => formText(form, name);
    const account = { link, email: text('email').trim(), name: text('name').trim(), password: text('password') };
    setBusy(true);
    setFailure(null);
    setShort(false);
    const result = await askAuth<Next>('/account', account);
    setBusy(false);
    if (result.ok) return onMade(result.body.next);
    // The server names one field; who has to mend the address is told of the password at once.
    setShort(account.password.length < PASSWORD_CHARS_MIN);
    setFailure(result.failure);
    if (result.failure.retryAfterSeconds !== null) wait.begin(result.failure.retryAfterSeconds);
  };
  const about = (field: string) => (failure?.field === field ? sentence(failure.message) : undefined);
  return (
    <>
      <EntryHeading title="Welcome" note={`${host}. This link makes an account with the role ${role}, once.`} />
      <form method="post" onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <Field label="Name" name="name" hint="optional" help="As others see you">
          <Input autoComplete="name" autoFocus maxLength={120} className="h-9" />
        </Field>
        <Field
          label="Email"
          name="email"
          help={email === null ? 'You sign in by it' : undefined}
          error={about('email')}
        >
          <Input
            type="email"
            defaultValue={email ?? ''}
            readOnly={email !== null}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            className="h-9"
          />
        </Field>
        <Field
          label="Password"
          name="password"
          help={`At least ${PASSWORD_CHARS_MIN} characters; anything may be pasted`}
          error={about('password') ?? (short ? `At least ${PASSWORD_CHARS_MIN} characters are needed` : undefined)}
        >
          <PasswordInput autoComplete="new-password" className="h-9" />
        </Field>
        {failure?.field === 'email' || failure?.field === 'password' ? null : (
          <FailureNote failure={failure} secondsLeft={wait.secondsLeft} />
        )}
        <Button type="submit" size="lg" variant="primary" disabled={!mounted || busy || wait.secondsLeft > 0}>
          {wait.secondsLeft > 0 ? `Wait ${formatWait(wait.secondsLeft)}` : 'Make the account'}
        </Button>
      </form>
    </>
  );
}
