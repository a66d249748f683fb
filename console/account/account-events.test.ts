import { expect, test } from 'vitest';
import type { JsonObject } from '#server/kernel/json.ts';
import { newsOf } from './account-events.ts';

const read = (eventType: string, data: JsonObject) => newsOf({ streamVersion: 1, eventType, at: '', data });

test('an account’s events are told in words, with where they came from', () => {
  expect(
    read('SessionOpened', { method: 'passkey', from: { client: 'Firefox on Linux', address: '192.0.2.1' } }),
  ).toEqual({ text: 'Signed in with a passkey', from: 'Firefox on Linux, 192.0.2.1', status: 'running' });
  expect(read('SignInFailed', { step: 'second-factor' })).toEqual({
    text: 'The second factor was wrong',
    from: null,
    status: 'held',
  });
});

test('steps on the way are left to the stream, a used recovery code is not', () => {
  expect(read('CredentialsChecked', { method: 'password' })).toBeNull();
  expect(read('SecondFactorPassed', { method: 'totp' })).toBeNull();
  expect(read('SecondFactorPassed', { method: 'recovery-code' })?.status).toBe('held');
});
