'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { routes } from '#console/routes.ts';
import { type AuthFailure, askAuth } from '#console/sign-in/auth-api.ts';
import { EnrolStep } from '#console/sign-in/enrol-step.tsx';
import { EntryHeading } from '#console/sign-in/entry-frame.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { AccountForm, type Invitation } from './account-form.tsx';

type Step =
  | { name: 'reading' }
  | { name: 'spent'; failure: AuthFailure }
  | { name: 'account'; link: string; invitation: Invitation }
  | { name: 'enrol' };

const NO_LINK: AuthFailure = {
  code: 'missing',
  message: 'the address has no link in it',
  field: null,
  retryAfterSeconds: null,
};

/** From a one-time link to an account, its second factor, and the console. */
export function WelcomeScreen({ host }: { host: string }) {
  const trpc = useTRPC();
  const [step, setStep] = useState<Step>({ name: 'reading' });
  const me = useQuery(trpc.account.me.queryOptions(step.name === 'enrol' ? undefined : skipToken, { retry: false }));
  const enter = () => window.location.replace(routes.overview());

  useEffect(() => {
    let left = false;
    const read = async () => {
      // What stands behind # never goes to the server by itself.
      const link = window.location.hash.slice(1);
      const result = link === '' ? null : await askAuth<Invitation>('/invitation', { link });
      if (left) return;
      if (result === null) setStep({ name: 'spent', failure: NO_LINK });
      else if (result.ok) setStep({ name: 'account', link, invitation: result.body });
      else setStep({ name: 'spent', failure: result.failure });
    };
    const onHash = () => void read();
    onHash();
    window.addEventListener('hashchange', onHash);
    return () => {
      left = true;
      window.removeEventListener('hashchange', onHash);
    };
  }, []);

  switch (step.name) {
    case 'reading':
      return (
        <>
          <EntryHeading title="Welcome" note={host} />
          <SkeletonLines rows={5} rowHeight={36} label="the link" />
        </>
      );
    case 'spent':
      return (
        <>
          <EntryHeading title="This link opens nothing" note={`It says: ${step.failure.message}.`} />
          <p className="pb-4 text-ink-2">
            The first link is in the terminal that ran <code>npm start</code>, and is new at each start. Another one is
            made by an administrator, on the page of operators.
          </p>
          <ButtonLink href={routes.signIn()} size="lg" variant="primary" className="w-full">
            Sign in
          </ButtonLink>
        </>
      );
    case 'account':
      return (
        <AccountForm
          host={host}
          link={step.link}
          invitation={step.invitation}
          onMade={(next) => {
            // The link is spent; in the history of the browser it would lead nowhere.
            window.history.replaceState(null, '', routes.welcome());
            if (next === 'enrol') setStep({ name: 'enrol' });
            else enter();
          }}
        />
      );
    case 'enrol':
      return <EnrolStep mayPutOff={me.data?.mayPutOff === true} onDone={enter} />;
  }
}
