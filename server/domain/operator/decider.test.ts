import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#server/kernel/decider.ts';
import { givenWhenThen } from '#testing/decider-spec.ts';
import { addressDecider } from './address-decider.ts';
import { operatorDecider } from './decider.ts';
import type { OperatorEvent } from './events.ts';
import { BY_ACCOUNT } from './lock-out.ts';

const from = { address: '192.0.2.1', client: 'Firefox' };
const registered: OperatorEvent = { eventType: 'OperatorRegistered', data: { role: 'admin', by: 'first-link' } };
const opened: OperatorEvent = { eventType: 'SessionOpened', data: { sessionId: 's1', method: 'password', from } };
const disabled: OperatorEvent = { eventType: 'OperatorDisabled', data: { by: 'ada', reason: 'left' } };
const attempted = (attempts: number): OperatorEvent => ({
  eventType: 'SignInAttempted',
  data: { step: 'password', attempts, from },
});
// The command of a given/when/then arrives at 10:00:00.
const delayedUntil = (until: string, attempts = 6): OperatorEvent => ({
  eventType: 'OperatorDelayed',
  data: { attempts, delaySeconds: 4, until },
});
const tryPassword = { step: 'password' as const, from, firstDelayMs: 2000 };
const { given } = givenWhenThen(operatorDecider);

describe('an operator', () => {
  test('is registered once', () => {
    given()
      .when('RegisterOperator', { role: 'admin' })
      .thenAppends({ eventType: 'OperatorRegistered', data: { role: 'admin', by: 'ada' } });
    given(registered).when('RegisterOperator', { role: 'admin' }).thenRefused('operator-exists');
  });
  test('that nobody registered can be tried, and nothing else', () => {
    given().when('AttemptSignIn', tryPassword).thenAppends(attempted(1));
    given().when('ConfirmCredentials', { method: 'password', secondFactors: [] }).thenRefused('operator-unknown');
    given().when('OpenSession', { sessionId: 's1', method: 'password', from }).thenRefused('operator-unknown');
  });
  test('is challenged for a second factor where there is one', () => {
    given(registered)
      .when('ConfirmCredentials', { method: 'password', secondFactors: ['totp'] })
      .thenAppends(
        { eventType: 'CredentialsChecked', data: { method: 'password' } },
        { eventType: 'SecondFactorChallenged', data: { methods: ['totp'] } },
      );
  });
  test('opens no session while disabled', () => {
    given(registered, disabled)
      .when('OpenSession', { sessionId: 's2', method: 'password', from })
      .thenRefused('operator-disabled');
  });
  test('is given no token in a session that was ended', () => {
    const token = { tokenId: 't1', sessionId: 's1', expiresAt: '2026-11-24T10:05:00.000Z' };
    given(registered, opened).when('IssueToken', token).thenAppends({ eventType: 'TokenIssued', data: token });
    given(registered, opened, { eventType: 'SessionEnded', data: { sessionId: 's1', reason: 'signed out' } })
      .when('IssueToken', token)
      .thenRefused('session-not-open');
    given(registered, opened, disabled).when('IssueToken', token).thenRefused('operator-disabled');
  });
  test('ends a session once', () => {
    given(registered).when('EndSession', { sessionId: 's1', reason: 'signed out' }).thenNothing();
  });
  test('is disabled and enabled once each', () => {
    given(registered, disabled).when('DisableOperator', { reason: 'left' }).thenNothing();
    given(registered).when('EnableOperator', { reason: 'back' }).thenNothing();
  });
});

describe('tries to sign in', () => {
  test('are slowed from the fifth on, each delay twice the one before', () => {
    given(registered, attempted(4))
      .when('AttemptSignIn', tryPassword)
      .thenAppends(attempted(5), {
        eventType: 'OperatorDelayed',
        data: { attempts: 5, delaySeconds: 2, until: '2026-11-24T10:00:02.000Z' },
      });
    given(registered, attempted(7))
      .when('AttemptSignIn', tryPassword)
      .thenAppends(attempted(8), {
        eventType: 'OperatorDelayed',
        data: { attempts: 8, delaySeconds: 16, until: '2026-11-24T10:00:16.000Z' },
      });
  });
  test('are refused while a delay runs, and leave no event', () => {
    given(registered, attempted(6), delayedUntil('2026-11-24T10:00:03.000Z'))
      .when('AttemptSignIn', tryPassword)
      .thenRefused('sign-in-delayed');
  });
  test('are taken again when it has passed', () => {
    given(registered, attempted(6), delayedUntil('2026-11-24T09:59:59.000Z'))
      .when('AttemptSignIn', tryPassword)
      .thenAppends(attempted(7), {
        eventType: 'OperatorDelayed',
        data: { attempts: 7, delaySeconds: 8, until: '2026-11-24T10:00:08.000Z' },
      });
  });
  test('count over password and second factor alike, until a session opens', () => {
    const passed: OperatorEvent = { eventType: 'CredentialsChecked', data: { method: 'password' } };
    const code = { ...tryPassword, step: 'second-factor' as const };
    given(registered, attempted(3), passed)
      .when('AttemptSignIn', code)
      .thenAppends({ eventType: 'SignInAttempted', data: { step: 'second-factor', attempts: 4, from } });
    given(registered, attempted(3), opened).when('AttemptSignIn', tryPassword).thenAppends(attempted(1));
  });
  test('let the code follow a right password at once, and delay it after a wrong one', () => {
    const code = { ...tryPassword, step: 'second-factor' as const };
    const passed: OperatorEvent = { eventType: 'CredentialsChecked', data: { method: 'password' } };
    const delay = delayedUntil('2026-11-24T10:01:00.000Z', 5);
    given(registered, attempted(5), delay, passed)
      .when('AttemptSignIn', code)
      .thenAppends(
        { eventType: 'SignInAttempted', data: { step: 'second-factor', attempts: 6, from } },
        { eventType: 'OperatorDelayed', data: { attempts: 6, delaySeconds: 4, until: '2026-11-24T10:00:04.000Z' } },
      );
    given(registered, attempted(5), delay).when('AttemptSignIn', code).thenRefused('sign-in-delayed');
  });
  test('are forgotten after an hour of quiet', () => {
    given(registered, attempted(9), delayedUntil('2026-11-24T08:59:59.000Z', 9))
      .when('AttemptSignIn', tryPassword)
      .thenAppends(attempted(1));
  });
  test('are never delayed for longer than the bound, however many there were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (attempts) => {
        const state = { ...operatorDecider.initialState, tries: { attempts } };
        const decision = operatorDecider.decide(
          {
            commandType: 'AttemptSignIn',
            streamId: 'operator-1',
            data: tryPassword,
            receivedAt: '2026-11-24T10:00:00.000Z',
            actor: '',
          },
          state,
        );
        const events = isRefusal(decision) ? [] : decision;
        for (const event of events) {
          if (event.eventType === 'OperatorDelayed') {
            expect(event.data.delaySeconds * 1000).toBeLessThanOrEqual(BY_ACCOUNT.delayMsMax);
          }
        }
        expect(events.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('an address', () => {
  const at = givenWhenThen(addressDecider);
  test('is slowed by its tries, whatever the account', () => {
    at.given({ eventType: 'AddressTried', data: { attempts: 29 } })
      .when('TryFromAddress', { firstDelayMs: 2000 })
      .thenAppends(
        { eventType: 'AddressTried', data: { attempts: 30 } },
        {
          eventType: 'AddressDelayed',
          data: { attempts: 30, delaySeconds: 2, until: '2026-11-24T10:00:02.000Z' },
        },
      );
  });
  test('is given back the tries of a sign-in that succeeded, and no more', () => {
    at.given({ eventType: 'AddressTried', data: { attempts: 20 } })
      .when('SignInFromAddress', { tries: 2 })
      .thenAppends({ eventType: 'AddressSignedIn', data: { attempts: 18 } });
  });
});
