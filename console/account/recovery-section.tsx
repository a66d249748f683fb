'use client';

import { useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { RecoveryCodes } from '#console/second-factor/recovery-codes.tsx';
import { type AuthFailure, askAuth } from '#console/sign-in/auth-api.ts';
import { FailureNote } from '#console/sign-in/failure-note.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Section } from './section.tsx';
import { useAccountChanged } from './use-account.ts';

/** With so few left it is time for new ones. */
const FEW = 3;

/** The codes for a lost phone: how many are left, and new ones. */
export function RecoverySection({ left }: { left: number }) {
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const refresh = useAccountChanged();
  const make = async () => {
    const result = await askAuth<{ recoveryCodes: string[] }>('/recovery-codes');
    if (!result.ok) return setFailure(result.failure);
    setCodes(result.body.recoveryCodes);
    await refresh();
  };
  const close = () => {
    setAsking(false);
    setCodes(null);
    setFailure(null);
  };
  return (
    <Section
      title="Recovery codes"
      note={
        <Status status={left > FEW ? 'running' : 'held'}>{formatNumberOf(left, 'code')} left; each works once.</Status>
      }
      actions={<Button onClick={() => setAsking(true)}>Make new ones…</Button>}
    >
      {asking ? (
        <Dialog
          open
          onOpenChange={(next) => {
            if (!next && codes === null) close();
          }}
          title={codes === null ? 'New recovery codes' : 'Keep these codes'}
          note={codes === null ? 'The codes you have stop working at once.' : undefined}
          className="w-[430px]"
          foot={
            codes === null ? (
              <>
                <Button onClick={close}>Cancel</Button>
                <Button variant="primary" onClick={() => void make()}>
                  Make them
                </Button>
              </>
            ) : undefined
          }
        >
          <FailureNote failure={failure} secondsLeft={0} />
          {codes === null ? null : <RecoveryCodes codes={codes} done="Done" onDone={close} />}
        </Dialog>
      ) : null}
    </Section>
  );
}
