import type { StatusKind } from '#console/ui/status-shape.tsx';
import type { AccountEvent } from '#server/identity/identity.ts';

/** What an event of one's own account says, in words. */
export type AccountNews = {
  text: string;
  /** Client and address, where the event has them. */
  from: string | null;
  /** `held`: somebody may have tried what is not theirs. */
  status: StatusKind;
};

const METHODS: Record<string, string> = {
  password: 'a password',
  passkey: 'a passkey',
  link: 'a one-time link',
  totp: 'an authenticator app',
  'recovery-code': 'a recovery code',
  enrolment: 'the new second factor',
};

const WRONG: Record<string, string> = {
  password: 'The password was wrong',
  'second-factor': 'The second factor was wrong',
  'step-up': 'The second factor, shown again, was wrong',
};

/** Null for steps on the way, which the stream has and a person need not read. */
export function newsOf({ eventType, data }: AccountEvent): AccountNews | null {
  const word = (name: string) => {
    const value = data[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const method = METHODS[word('method')] ?? word('method');
  const news = (text: string, status: StatusKind = 'running'): AccountNews => ({
    text,
    from: fromOf(data.from),
    status,
  });
  switch (eventType) {
    case 'OperatorRegistered':
      return news(`The account was made, with the role ${word('role')}`);
    case 'SessionOpened':
      return news(`Signed in with ${method}`);
    case 'SessionEnded':
      return news(`A session was ended: ${word('reason')}`);
    case 'SignInFailed':
      return news(WRONG[word('step')] ?? 'A step was wrong', 'held');
    case 'OperatorDelayed':
      return news(`Tries were slowed, after ${word('attempts')} of them`, 'held');
    case 'SecondFactorPassed':
      return word('method') === 'recovery-code' ? news('A recovery code was used', 'held') : null;
    case 'SecondFactorEnrolled':
      return news(`A second factor was set up: ${method}`);
    case 'SecondFactorRemoved':
      return news(`A second factor was removed: ${method}`, 'held');
    case 'SecondFactorPutOff':
      return news('The second factor was put off', 'held');
    case 'RecoveryCodesMade':
      return news(`${word('count')} new recovery codes were made`);
    case 'PasswordChanged':
      return news('The password was changed');
    case 'RoleChanged':
      return news(`${word('by')} changed the role to ${word('to')}: ${word('reason')}`);
    case 'OperatorDisabled':
      return news(`${word('by')} disabled the account: ${word('reason')}`, 'held');
    case 'OperatorEnabled':
      return news(`${word('by')} enabled the account: ${word('reason')}`);
    default:
      return null;
  }
}

function fromOf(from: unknown): string | null {
  if (typeof from !== 'object' || from === null) return null;
  const { client, address } = from as { client?: unknown; address?: unknown };
  return [client, address].filter((part) => typeof part === 'string' && part !== '').join(', ') || null;
}
