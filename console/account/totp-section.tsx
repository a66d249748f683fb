'use client';

import { useState } from 'react';
import { RecoveryCodes } from '#console/second-factor/recovery-codes.tsx';
import { TotpSetUp } from '#console/second-factor/totp-set-up.tsx';
import { type AuthFailure, askAuth } from '#console/sign-in/auth-api.ts';
import { FailureNote } from '#console/sign-in/failure-note.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import type { Account } from '#server/identity/identity.ts';
import { Section } from './section.tsx';
import { useAccountChanged } from './use-account.ts';

/** The authenticator app: set up, replaced by another, or removed. */
export function TotpSection({ account }: { account: Account }) {
  const [open, setOpen] = useState<'set-up' | 'remove' | null>(null);
  const isSet = account.secondFactors.includes('totp');
  return (
    <Section
      title="Authenticator app"
      note={
        isSet ? (
          <Status status="running" className="whitespace-normal">
            It is asked for after the password, and before acts that can't be undone.
          </Status>
        ) : (
          <Status status="held">None is set up.</Status>
        )
      }
      actions={
        <>
          <Button variant={isSet ? 'secondary' : 'primary'} onClick={() => setOpen('set-up')}>
            {isSet ? 'Replace it…' : 'Set one up…'}
          </Button>
          {isSet ? (
            <Button variant="ghost" onClick={() => setOpen('remove')}>
              Remove…
            </Button>
          ) : null}
        </>
      }
    >
      {open === 'set-up' ? <SetUpDialog replaces={isSet} onClose={() => setOpen(null)} /> : null}
      {open === 'remove' ? <RemoveDialog account={account} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

function SetUpDialog({ replaces, onClose }: { replaces: boolean; onClose: () => void }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const refresh = useAccountChanged();
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        // The codes are shown once: a click beside the dialog must not lose them.
        if (!next && codes === null) onClose();
      }}
      title={
        codes === null
          ? replaces
            ? 'Replace the authenticator app'
            : 'Set up an authenticator app'
          : 'Keep these codes'
      }
      note={
        codes === null && replaces ? 'The one you have counts until a code of the new one is confirmed.' : undefined
      }
      className="w-[430px]"
    >
      <div className="pt-2">
        {codes === null ? (
          <TotpSetUp
            onCodes={(made) => {
              setCodes(made);
              void refresh();
            }}
          />
        ) : (
          <RecoveryCodes codes={codes} done="Done" onDone={onClose} />
        )}
      </div>
    </Dialog>
  );
}

function RemoveDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const refresh = useAccountChanged();
  const remove = async () => {
    setBusy(true);
    const result = await askAuth('/totp/remove');
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
      title="Remove the authenticator app"
      note={
        account.passkeys.length > 0
          ? 'Your passkeys stay, and are what is asked for then.'
          : 'It is your last second factor. The recovery codes go with it.'
      }
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" disabled={busy} onClick={() => void remove()}>
            Remove it
          </Button>
        </>
      }
    >
      <FailureNote failure={failure} secondsLeft={0} />
    </Dialog>
  );
}
