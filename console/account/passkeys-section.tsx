'use client';

import { type FormEvent, useState } from 'react';
import { formatTime } from '#console/format-time.ts';
import { useMounted, useZone } from '#console/settings.tsx';
import { type AuthFailure, askAuth } from '#console/sign-in/auth-api.ts';
import { FailureNote } from '#console/sign-in/failure-note.tsx';
import { makePasskey, passkeysHere } from '#console/sign-in/passkey.ts';
import { PasskeyAddress } from '#console/sign-in/passkey-address.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { Account } from '#server/identity/identity.ts';
import { Section } from './section.tsx';
import { useAccountChanged } from './use-account.ts';

/** Passkeys: which there are, another one, and one less. */
export function PasskeysSection({ account: { passkeys } }: { account: Account }) {
  const zone = useZone();
  const mounted = useMounted();
  const here = mounted ? passkeysHere() : null;
  const [adding, setAdding] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const refresh = useAccountChanged();
  const remove = async (passkeyId: string) => {
    setFailure(null);
    const result = await askAuth('/passkey/remove', { passkeyId });
    if (result.ok) await refresh();
    else setFailure(result.failure);
  };
  return (
    <Section
      title="Passkeys"
      note={
        <>
          A passkey signs you in with a finger, a face or a PIN of your device, without a password.
          {here === null || here.possible ? null : <PasskeyAddress here={here} />}
        </>
      }
      actions={
        <Button disabled={here?.possible !== true} onClick={() => setAdding(true)}>
          Add a passkey…
        </Button>
      }
    >
      <FailureNote failure={failure} secondsLeft={0} />
      {passkeys.length === 0 ? null : (
        <ul aria-label="Passkeys" className="rounded-card border border-line bg-surface">
          {passkeys.map(({ passkeyId, name, createdAt }) => (
            <li key={passkeyId} className="flex min-h-9 items-center gap-3 border-line border-b px-3 last:border-b-0">
              <span className="min-w-0 truncate font-medium">{name}</span>
              {createdAt === null ? null : (
                <span className="text-ink-3 text-small">made {formatTime(createdAt, zone)}</span>
              )}
              <Button
                variant="ghost"
                className="ml-auto"
                aria-label={`Remove the passkey ${name}`}
                onClick={() => void remove(passkeyId)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {adding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const refresh = useAccountChanged();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await makePasskey(name.trim());
    setBusy(false);
    if (!result.ok) return setFailure(result.failure);
    await refresh();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title="Add a passkey"
      note="The device asks you to confirm it."
      className="w-[400px]"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 pt-2">
        <Field label="Name" help="By which you tell your passkeys apart, such as the device">
          <Input autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <FailureNote failure={failure} secondsLeft={0} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy || name.trim() === ''}>
            Make the passkey
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
