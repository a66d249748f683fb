'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type AuthFailure, askAuth } from '#console/sign-in/auth-api.ts';
import { FailureNote } from '#console/sign-in/failure-note.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { QrPicture } from './qr-picture.tsx';

type Secret = { secret: string; uri: string };

/** The secret for an authenticator app, as a picture and as text, until a code of the app proves that it has it. */
export function TotpSetUp({ onCodes }: { onCodes: (recoveryCodes: string[]) => void }) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const begun = useQuery({
    queryKey: ['auth', 'totp', 'begin'],
    queryFn: async (): Promise<Secret | AuthFailure> => {
      const result = await askAuth<Secret>('/totp/begin');
      return result.ok ? result.body : result.failure;
    },
    // Asking again would make another secret, and the one on the screen would be worth nothing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await askAuth<{ recoveryCodes: string[] }>('/totp/confirm', { code });
    setBusy(false);
    if (result.ok) return onCodes(result.body.recoveryCodes);
    setCode('');
    setFailure(result.failure);
  };

  if (begun.data === undefined) return <SkeletonLines rows={5} rowHeight={36} label="the secret" />;
  if (!('secret' in begun.data)) {
    return (
      <div className="flex flex-col items-start gap-3">
        <FailureNote failure={begun.data} secondsLeft={0} />
        <Button onClick={() => void begun.refetch()}>Try again</Button>
      </div>
    );
  }
  const { secret, uri } = begun.data;
  const shown = secret.match(/.{1,4}/g)?.join(' ') ?? secret;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">Scan this with an authenticator app, or type the secret into it.</p>
      <div className="flex flex-wrap items-start gap-4">
        <QrPicture text={uri} label="QR code for the authenticator app" />
        <div className="min-w-0 grow basis-32">
          <div className="text-ink-3 text-small">Secret</div>
          <code className="select-all break-words">{shown}</code>
          <div className="pt-2">
            <CopyButton variant="secondary" text={secret} label="Copy the secret">
              Copy
            </CopyButton>
          </div>
        </div>
      </div>
      <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Code" help="The six digits that the app shows now">
          <Input
            mono
            // The page is for nothing else, and the account's section has just been opened.
            autoFocus
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={12}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            className="h-9 tracking-[0.2em]"
          />
        </Field>
        <FailureNote failure={failure} secondsLeft={0} />
        <Button type="submit" size="lg" variant="primary" disabled={busy || code.trim() === ''}>
          Confirm
        </Button>
      </form>
    </div>
  );
}
