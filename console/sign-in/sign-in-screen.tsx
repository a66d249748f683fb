'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '#console/trpc-client.tsx';
import type { Next } from './auth-api.ts';
import { EnrolStep } from './enrol-step.tsx';
import { safeNext } from './next-path.ts';
import { PasswordStep } from './password-step.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';

type Props = {
  /** As the browser knows the server. */
  host: string;
  next: string | null;
  /** Whether the browser shows a session, which may be over or half open. */
  hasSession: boolean;
};

type Step =
  | { name: 'password'; email: string; note: string | null }
  | { name: 'second-factor'; email: string; methods: readonly string[] }
  | { name: 'enrol' };

/** From the password to the page that was asked for. */
export function SignInScreen({ host, next, hasSession }: Props) {
  const trpc = useTRPC();
  const [step, setStep] = useState<Step>({ name: 'password', email: '', note: null });
  const [asking, setAsking] = useState(hasSession);
  const me = useQuery(
    trpc.account.me.queryOptions(asking || step.name === 'enrol' ? undefined : skipToken, { retry: false }),
  );
  // A page anew, not a change of route: whatever an earlier session left in memory is gone.
  const enter = () => window.location.replace(safeNext(next));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found out at the beginning counts once
  useEffect(() => {
    if (!asking || me.isPending) return;
    setAsking(false);
    if (me.data?.kind !== 'operator') return;
    if (me.data.mustEnrol) setStep({ name: 'enrol' });
    else if (me.data.permissions.includes('system.read')) enter();
  }, [asking, me.isPending, me.data]);

  const take = (answer: Next, email: string) => {
    if (answer.next === 'console') enter();
    else if (answer.next === 'enrol') setStep({ name: 'enrol' });
    else setStep({ name: 'second-factor', email, methods: answer.methods ?? [] });
  };
  const again = (note: string | null) => setStep({ name: 'password', email: note === null ? '' : emailOf(step), note });

  switch (step.name) {
    case 'password':
      return (
        <PasswordStep
          key={step.note}
          host={host}
          email={step.email}
          note={step.note}
          onNext={(answer, email) => take(answer, email)}
        />
      );
    case 'second-factor':
      return (
        <SecondFactorStep
          email={step.email}
          methods={step.methods}
          onNext={(answer) => take(answer, step.email)}
          onAgain={again}
        />
      );
    case 'enrol':
      return <EnrolStep mayPutOff={me.data?.mayPutOff === true} onDone={enter} />;
  }
}

function emailOf(step: Step): string {
  return step.name === 'enrol' ? '' : step.email;
}
