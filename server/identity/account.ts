import type { Caller } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import type { Account, AccountEvent, AuthAnswer, Passkey } from './identity.ts';
import type { OperatorRow, Parts } from './parts.ts';
import { takePasskey } from './passkeys.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import {
  beginTotp,
  confirmTotp,
  makeRecoveryCodes,
  removeTotp,
  type SecondFactor,
  secondFactorsOf,
  takeSecondFactor,
} from './second-factors.ts';
import { endSessions } from './sessions.ts';
import { countTry, fail, mustEnrol, openSession, type Visit } from './sign-in.ts';

/** A second factor that was shown so long ago is shown again before the account's own keys change. */
const FRESH_MS_MAX = 5 * 60_000;

/** What a key, or a program, has of an account. */
const NOTHING = {
  operatorId: null,
  secondFactors: [],
  recoveryCodesLeft: 0,
  passkeys: [],
  secondFactorPutOff: false,
  mayPutOff: false,
  mustEnrol: false,
};

/** What the caller sees of their own account. */
export async function readAccount(parts: Parts, caller: Caller): Promise<Account> {
  const { kind, name, role, permissions } = caller;
  if (kind !== 'operator') return { kind, name, role, permissions, ...NOTHING };
  const operator = await ownRow(parts, caller);
  const [secondFactors, passkeys, [codes]] = await Promise.all([
    secondFactorsOf(parts, caller.id),
    parts.database.query<{ id: string; name: string | null; created_at: string | null }>(
      'select id, name, created_at from passkeys where user_id = $1 order by created_at',
      [caller.id],
    ),
    parts.database.query<{ n: number }>(
      'select count(*)::int as n from recovery_codes where operator_id = $1 and used_at is null',
      [caller.id],
    ),
  ]);
  return {
    kind,
    operatorId: caller.id,
    name,
    role,
    permissions,
    secondFactors,
    recoveryCodesLeft: codes?.n ?? 0,
    passkeys: passkeys.map(
      (row): Passkey => ({ passkeyId: row.id, name: row.name ?? 'Passkey', createdAt: row.created_at }),
    ),
    secondFactorPutOff: role !== 'viewer' && operator.second_factor_put_off && secondFactors.length === 0,
    mayPutOff: parts.mayPutOff && role !== 'viewer' && secondFactors.length === 0,
    mustEnrol: secondFactors.length === 0 && mustEnrol(parts, operator),
  };
}

/** What happened to the caller's own account, the last first. */
export async function readAccountHistory(
  { eventStore }: Parts,
  caller: Caller,
  limit: number,
): Promise<AccountEvent[]> {
  if (caller.kind !== 'operator') return [];
  const { events } = await eventStore.readStream(`operator-${caller.id}` as StreamId, { direction: 'backward', limit });
  return events.map(({ streamVersion, eventType, occurredAt, data }) => ({
    streamVersion,
    eventType,
    at: occurredAt,
    data,
  }));
}

/** Begins to set up an authenticator app. Where a second factor is there already, it must have been shown just now. */
export async function startTotp(parts: Parts, caller: Caller): Promise<AuthAnswer> {
  requireFresh(parts, caller);
  return { body: await beginTotp(parts, { id: caller.id, email: caller.name }) };
}

/** Ends it: recovery codes to keep, and a session of the new kind in place of the old one. */
export async function finishTotp(parts: Parts, caller: Caller, code: string, visit: Visit): Promise<AuthAnswer> {
  const recoveryCodes = await confirmTotp(parts, caller.id, code);
  const operator = await ownRow(parts, caller);
  const opened = await openSession(parts, operator, { method: 'enrolment', secondFactor: 'totp', tries: 0 }, visit);
  if (caller.sessionId !== undefined) {
    await endSessions(parts, caller.id, { sessionId: caller.sessionId, reason: 'replaced at enrolment' });
  }
  return { body: { recoveryCodes }, ...(opened.cookies && { cookies: opened.cookies }) };
}

/** Puts the second factor off, which the embedded default alone allows. */
export async function putOffSecondFactor(parts: Parts, caller: Caller): Promise<AuthAnswer> {
  if (!parts.mayPutOff) {
    throw new TidemarkError('act-refused', 'a second factor can be put off on the embedded default alone');
  }
  await parts.database.query('update operators set second_factor_put_off = true where id = $1', [caller.id]);
  await parts.history.operator(caller.id, { commandType: 'PutOffSecondFactor', data: {} });
  parts.forget();
  return { body: {} };
}

/** New recovery codes in place of the earlier ones. */
export async function renewRecoveryCodes(parts: Parts, caller: Caller): Promise<AuthAnswer> {
  requireFresh(parts, caller);
  return { body: { recoveryCodes: await makeRecoveryCodes(parts, caller.id) } };
}

/** Takes the authenticator app away, where another second factor is left or none is needed. */
export async function endTotp(parts: Parts, caller: Caller): Promise<AuthAnswer> {
  requireFresh(parts, caller);
  await requireAnother(parts, caller, 'totp');
  await removeTotp(parts, caller.id);
  parts.forget();
  return { body: {} };
}

/**
 * Rejects with `act-refused` where `without` is the last second factor of somebody who needs one: the next sign-in would
 * hang on the password alone. Where it may be put off, it is.
 */
export async function requireAnother(parts: Parts, caller: Caller, without: 'totp' | 'passkey'): Promise<void> {
  if (caller.role === 'viewer') return;
  const [left] = await parts.database.query<{ n: number }>(
    `select (select count(*) from totp_secrets where operator_id = $1 and confirmed_at is not null and $2 <> 'totp')::int
       + (select count(*) from passkeys where user_id = $1)::int - ($2 = 'passkey')::int as n`,
    [caller.id, without],
  );
  if ((left?.n ?? 0) > 0) return;
  if (parts.mayPutOff) {
    await putOffSecondFactor(parts, caller);
    return;
  }
  throw new TidemarkError('act-refused', `the role ${caller.role} needs a second factor; set up another one first`);
}

export type StepUp = SecondFactor | { credential: object };

/** Takes a second factor once more, so that guarded acts are open for five minutes. */
export async function stepUp(parts: Parts, caller: Caller, given: StepUp, visit: Visit): Promise<AuthAnswer> {
  await countTry(parts, caller.id, 'step-up', visit);
  const method =
    'credential' in given
      ? await takePasskey(parts, caller.id, given.credential, visit)
      : await takeSecondFactor(parts, caller.id, given);
  if (method === undefined) return fail(parts, caller.id, 'step-up');
  const [row] = await parts.database.query<{ stepped_up_at: string }>(
    'update sessions set stepped_up_at = $3 where id = $1 and user_id = $2 returning stepped_up_at',
    [caller.sessionId, caller.id, parts.clock.now()],
  );
  await parts.history.operator(caller.id, { commandType: 'PassSecondFactor', data: { method } });
  parts.forget();
  return { body: { steppedUpAt: row?.stepped_up_at } };
}

/** Changes the password, and ends every other session: whoever had the old one is out. */
export async function changePassword(
  parts: Parts,
  caller: Caller,
  { current, next }: { current: string; next: string },
  visit: Visit,
): Promise<AuthAnswer> {
  const operator = await ownRow(parts, caller);
  await checkPassword(next, operator);
  await countTry(parts, caller.id, 'step-up', visit);
  if (!(await isPassword(operator.password_hash, current))) return fail(parts, caller.id, 'password');
  await parts.database.query('update operators set password_hash = $2, updated_at = now() where id = $1', [
    caller.id,
    await hashPassword(next),
  ]);
  await parts.history.operator(caller.id, { commandType: 'ChangePassword', data: {} });
  await endSessions(parts, caller.id, { except: caller.sessionId, reason: 'the password was changed' });
  return { body: {} };
}

/** Rejects with `step-up-required` where there is a second factor and it was not shown in the last five minutes. */
export function requireFresh({ clock }: Parts, { secondFactor, steppedUpAt }: Caller): void {
  const ageMs = steppedUpAt === undefined ? Infinity : clock.now().getTime() - Date.parse(steppedUpAt);
  if (!secondFactor || ageMs <= FRESH_MS_MAX) return;
  throw new TidemarkError('step-up-required', 'show the second factor again: it was shown more than 5 minutes ago');
}

async function ownRow({ database }: Parts, caller: Caller): Promise<OperatorRow> {
  const [row] = await database.query<OperatorRow>('select * from operators where id = $1', [caller.id]);
  if (row === undefined) throw new TidemarkError('unauthenticated', 'there is no such operator any more');
  return row;
}
