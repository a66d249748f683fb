import { setTimeout } from 'node:timers/promises';
import type { From, SignInStep } from '#server/domain/operator/events.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { clearedCookie, cookieNames, readCookie, setCookie } from './cookies.ts';
import type { AuthAnswer } from './identity.ts';
import type { OperatorRow, Parts } from './parts.ts';
import { isPassword } from './password.ts';
import { type SecondFactor, secondFactorsOf, takeSecondFactor } from './second-factors.ts';
import { addressIdOf, hashOf, newSecret, operatorIdOf } from './secrets.ts';

/** Between password and second factor. */
const PENDING_SECONDS = 10 * 60;

/** Where a request is from, in all that sign-in does. */
export type Visit = { origin: string; from: From; cookie: string | undefined };

/** What a browser does next. */
export type Next = { next: 'console' | 'second-factor' | 'enrol'; methods?: string[] };

/** A refusal takes so long at least: the row that an unknown address has not is a quarter of a millisecond, which many tries tell. */
const REFUSAL_MS_MIN = 100;

/**
 * Checks a password. Rejects with `sign-in-failed` in the same words and the same time whether or not the address is
 * known, the password wrong or the operator disabled; with `sign-in-delayed` where tries come too fast.
 */
export async function signIn(
  parts: Parts,
  given: { email: string; password: string },
  visit: Visit,
): Promise<AuthAnswer> {
  const refusable = setTimeout(REFUSAL_MS_MIN, undefined, { ref: false });
  try {
    return await byPassword(parts, given, visit);
  } catch (error) {
    await refusable;
    throw error;
  }
}

async function byPassword(
  parts: Parts,
  { email, password }: { email: string; password: string },
  visit: Visit,
): Promise<AuthAnswer> {
  const address = email.trim().toLowerCase();
  const [operator] = await parts.database.query<OperatorRow>('select * from operators where email = $1', [address]);
  const operatorId = operator?.id ?? operatorIdOf(parts.secret, address);
  await countTry(parts, operatorId, 'password', visit);
  const right = await isPassword(operator?.password_hash, password);
  if (operator === undefined || !right || operator.disabled_at !== null) return fail(parts, operatorId, 'password');
  const methods = await secondFactorsOf(parts, operatorId);
  await parts.history.operator(operatorId, {
    commandType: 'ConfirmCredentials',
    data: { method: 'password', secondFactors: methods },
  });
  if (methods.length === 0)
    return openSession(parts, operator, { method: 'password', secondFactor: null, tries: 1 }, visit);
  const token = newSecret();
  await parts.database.query(
    `insert into pending_sign_ins (token_hash, operator_id, expires_at)
     values ($1, $2, now() + make_interval(secs => $3))`,
    [hashOf(token), operatorId, PENDING_SECONDS],
  );
  return {
    body: { next: 'second-factor', methods } satisfies Next,
    cookies: [setCookie(cookieNames(visit.origin).pending, token, { origin: visit.origin, seconds: PENDING_SECONDS })],
  };
}

/** Takes the second factor of a sign-in whose password was right. The half of a sign-in before it opens nothing else. */
export async function passSecondFactor(parts: Parts, given: SecondFactor, visit: Visit): Promise<AuthAnswer> {
  const token = readCookie(visit.cookie, cookieNames(visit.origin).pending);
  const [operator] = await parts.database.query<OperatorRow>(
    `select o.* from pending_sign_ins p join operators o on o.id = p.operator_id
     where p.token_hash = $1 and p.expires_at > now() and o.disabled_at is null`,
    [hashOf(token ?? '')],
  );
  if (operator === undefined) {
    throw new TidemarkError('unauthenticated', 'the sign-in took too long; begin again with the password');
  }
  await countTry(parts, operator.id, 'second-factor', visit);
  const method = await takeSecondFactor(parts, operator.id, given);
  if (method === undefined) return fail(parts, operator.id, 'second-factor');
  await parts.database.query('delete from pending_sign_ins where token_hash = $1 or expires_at < now()', [
    hashOf(token ?? ''),
  ]);
  await parts.history.operator(operator.id, { commandType: 'PassSecondFactor', data: { method } });
  const answer = await openSession(parts, operator, { method: 'password', secondFactor: method, tries: 2 }, visit);
  const cleared = clearedCookie(cookieNames(visit.origin).pending, visit.origin);
  return { ...answer, cookies: [...(answer.cookies ?? []), cleared] };
}

/** Opens a session whose token was never there before, so that none can be planted. */
export async function openSession(
  parts: Parts,
  operator: Pick<OperatorRow, 'id' | 'role' | 'second_factor_put_off'>,
  { method, secondFactor, tries }: { method: string; secondFactor: string | null; tries: number },
  { origin, from }: Visit,
): Promise<AuthAnswer & { sessionId: string }> {
  const { headers, response } = await parts.authFor(origin).api.openSession({
    body: {
      operatorId: operator.id,
      address: from.address,
      client: from.client,
      secondFactor,
      // By the clock by which it is held to be fresh later.
      steppedUpAt: secondFactor === null ? null : parts.clock.now(),
    },
    returnHeaders: true,
  });
  if (response === null) throw new TidemarkError('sign-in-failed', 'this does not sign anybody in');
  await tellOpened(parts, operator.id, { sessionId: response.sessionId, method, from, tries });
  const enrol = secondFactor === null && mustEnrol(parts, operator);
  return {
    sessionId: response.sessionId,
    body: { next: enrol ? 'enrol' : 'console' } satisfies Next,
    cookies: headers.getSetCookie(),
  };
}

/** Tells the history of a session; where it refuses, as for an operator disabled meanwhile, the session is gone again. */
export async function tellOpened(
  parts: Parts,
  operatorId: string,
  { sessionId, method, from, tries }: { sessionId: string; method: string; from: From; tries: number },
): Promise<void> {
  try {
    await parts.history.operator(operatorId, { commandType: 'OpenSession', data: { sessionId, method, from } });
  } catch (error) {
    await parts.database.query('delete from sessions where id = $1', [sessionId]);
    throw error;
  }
  if (tries === 0) return;
  await parts.history.address(addressIdOf(parts.secret, from.address), {
    commandType: 'SignInFromAddress',
    data: { tries },
  });
}

/** Counts before comparing. The address comes first: one that is delayed can't add to an account's tries. */
export async function countTry(parts: Parts, operatorId: string, step: SignInStep, visit: Visit): Promise<void> {
  await countAddress(parts, visit);
  const data = { step, from: visit.from, firstDelayMs: parts.firstDelayMs };
  await parts.history.operator(operatorId, { commandType: 'AttemptSignIn', data });
}

export function countAddress({ history, secret, firstDelayMs }: Parts, { from }: Visit): Promise<void> {
  return history.address(addressIdOf(secret, from.address), { commandType: 'TryFromAddress', data: { firstDelayMs } });
}

/** Whether somebody of this role gets nothing but the page that sets up a second factor. */
export function mustEnrol(
  { mayPutOff }: Parts,
  { role, second_factor_put_off: putOff }: Pick<OperatorRow, 'role' | 'second_factor_put_off'>,
): boolean {
  return role !== 'viewer' && !(putOff && mayPutOff);
}

export async function fail(parts: Parts, operatorId: string, step: SignInStep): Promise<never> {
  await parts.history.operator(operatorId, { commandType: 'FailSignIn', data: { step } }).catch((error: unknown) => {
    // The try was counted before; that it failed is for the record, which a full store must not turn into an answer.
    if (!isTidemarkError(error)) throw error;
  });
  const message = step === 'password' ? 'the e-mail address or the password is wrong' : 'the code is wrong or was used';
  throw new TidemarkError('sign-in-failed', message);
}
