'use client';

import { useState } from 'react';
import { RecoveryCodes } from '#console/second-factor/recovery-codes.tsx';
import { TotpSetUp } from '#console/second-factor/totp-set-up.tsx';
import { Button } from '#console/ui/button.tsx';
import { type AuthFailure, askAuth } from './auth-api.ts';
import { EntryHeading } from './entry-frame.tsx';
import { FailureNote } from './failure-note.tsx';

type Props = {
  /** Whether the server lets it be put off. */
  mayPutOff: boolean;
  onDone: () => void;
};

/** Sets up the second factor before the console opens. */
export function EnrolStep({ mayPutOff, onDone }: Props) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const putOff = async () => {
    const result = await askAuth('/second-factor/put-off');
    if (result.ok) onDone();
    else setFailure(result.failure);
  };
  if (codes !== null) {
    return (
      <>
        <EntryHeading title="Keep these codes" />
        <RecoveryCodes codes={codes} done="To the console" onDone={onDone} />
      </>
    );
  }
  return (
    <>
      <EntryHeading
        title="Set up a second factor"
        note={mayPutOff ? 'Until then a password alone opens this server.' : 'A password alone opens nothing here.'}
      />
      <TotpSetUp onCodes={setCodes} />
      {mayPutOff ? (
        <div className="flex flex-col items-start gap-1 pt-4">
          <Button variant="ghost" className="-ml-2.5" onClick={() => void putOff()}>
            Later
          </Button>
          <p className="text-ink-3 text-small">
            Only because nobody but this machine reaches this server. A banner reminds you until it is done.
          </p>
          <FailureNote failure={failure} secondsLeft={0} />
        </div>
      ) : null}
    </>
  );
}
