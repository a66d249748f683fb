'use client';

import { Fingerprint } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { type AuthFailure, type AuthResult, askAuth, type Next } from './auth-api.ts';
import { EntryHeading } from './entry-frame.tsx';
import { FailureNote, formatWait } from './failure-note.tsx';
import { passkeysHere, signInByPasskey } from './passkey.ts';
import { useWait } from './use-wait.ts';

type Props = {
  email: string;
  methods: readonly string[];
  onNext: (next: Next) => void;
  /** Back to the password, with a reason where there is one. */
  onAgain: (note: string | null) => void;
};

/** What is shown after the password: a code of the app, a recovery code, or a passkey. */
export function SecondFactorStep({ email, methods, onNext, onAgain }: Props) {
  const [way, setWay] = useState<'totp' | 'recovery-code'>(methods.includes('totp') ? 'totp' : 'recovery-code');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const wait = useWait();

  const settle = (result: AuthResult<Next>) => {
    setBusy(false);
    if (result.ok) return onNext(result.body);
    if (result.failure.code === 'unauthenticated') return onAgain('The sign-in took too long. Begin again.');
    setFailure(result.failure);
    if (result.failure.code === 'sign-in-failed') setCode('');
    if (result.failure.retryAfterSeconds !== null) wait.begin(result.failure.retryAfterSeconds);
  };
  const send = async (work: () => Promise<AuthResult<Next>>) => {
    setBusy(true);
    setFailure(null);
    settle(await work());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(() => askAuth<Next>('/second-factor', way === 'totp' ? { code } : { recoveryCode: code }));
  };
  const change = (next: 'totp' | 'recovery-code') => {
    setWay(next);
    setCode('');
    setFailure(null);
  };
  const unready = busy || wait.secondsLeft > 0;
  const passkeys = passkeysHere();
  return (
    <>
      <EntryHeading title="Second factor" note={email} />
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        {way === 'totp' ? (
          <Field key="totp" label="Code" help="Six digits of your authenticator app">
            <Input
              mono
              autoFocus
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={12}
              value={code}
              onChange={(event) => setCode(event.target.value)}
              className="h-9 tracking-[0.2em]"
            />
          </Field>
        ) : (
          <Field key="recovery" label="Recovery code" help="One of the ten that you kept; each works once">
            <Input
              mono
              autoFocus
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              value={code}
              onChange={(event) => setCode(event.target.value)}
              className="h-9"
            />
          </Field>
        )}
        <FailureNote failure={failure} secondsLeft={wait.secondsLeft} />
        <Button type="submit" size="lg" variant="primary" disabled={unready || code.trim() === ''}>
          {wait.secondsLeft > 0 ? `Continue in ${formatWait(wait.secondsLeft)}` : 'Continue'}
        </Button>
      </form>
      <div className="flex flex-col items-start gap-1 pt-4">
        {methods.includes('passkey') ? (
          <Button
            size="lg"
            className="mb-2 w-full"
            disabled={unready || !passkeys.possible}
            title={passkeys.why}
            onClick={() => void send(signInByPasskey)}
          >
            <Fingerprint strokeWidth={1.75} aria-hidden className="size-4!" />
            Use a passkey
          </Button>
        ) : null}
        {way === 'totp' && methods.includes('recovery-code') ? (
          <Button variant="ghost" className="-ml-2.5" onClick={() => change('recovery-code')}>
            No phone? Use a recovery code
          </Button>
        ) : null}
        {way === 'recovery-code' && methods.includes('totp') ? (
          <Button variant="ghost" className="-ml-2.5" onClick={() => change('totp')}>
            Use the authenticator app
          </Button>
        ) : null}
        <Button variant="ghost" className="-ml-2.5" onClick={() => onAgain(null)}>
          Sign in as somebody else
        </Button>
      </div>
    </>
  );
}
