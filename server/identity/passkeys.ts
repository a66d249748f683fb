import { TidemarkError } from '#server/kernel/errors.ts';
import type { AuthAnswer } from './identity.ts';
import type { OperatorRow, Parts } from './parts.ts';
import { dropLoneRecoveryCodes } from './second-factors.ts';
import { countAddress, type Next, tellOpened, type Visit } from './sign-in.ts';

type GeneratePasskeyOptions = (input: { headers: Headers; returnHeaders: true }) => Promise<{
  headers: Headers;
  response: object;
}>;

/** As it is called here; the library's own type knows this overload only by a body of its browser package. */
type VerifyPasskey = (input: { body: { response: object }; headers: Headers; returnHeaders: true }) => Promise<{
  headers: Headers;
  response: { session: { id: string; userId: string } };
}>;

/** What the browser needs to ask for a passkey; the challenge is used once, within five minutes. */
export async function passkeyOptions(parts: Parts, { origin }: Visit): Promise<AuthAnswer> {
  const generate = parts.authFor(origin).api.generatePasskeyAuthenticationOptions as unknown as GeneratePasskeyOptions;
  const { headers, response } = await generate({ headers: new Headers({ origin }), returnHeaders: true });
  return { body: response, cookies: headers.getSetCookie() };
}

/** Signs in by a passkey whose device has verified its user: both factors in one. */
export async function passkeySignIn(parts: Parts, credential: object, visit: Visit): Promise<AuthAnswer> {
  await countAddress(parts, visit);
  const { headers, response } = await verifyPasskey(parts, credential, visit);
  const { id: sessionId, userId } = response.session;
  const [operator] = await parts.database.query<OperatorRow>(
    `update sessions s set second_factor = 'passkey', stepped_up_at = $4, ip_address = $2, user_agent = $3
     from operators o where s.id = $1 and o.id = s.user_id and o.disabled_at is null returning o.*`,
    [sessionId, visit.from.address, visit.from.client, parts.clock.now()],
  );
  if (operator === undefined) {
    await parts.database.query('delete from sessions where id = $1', [sessionId]);
    throw new TidemarkError('sign-in-failed', 'this passkey does not sign anybody in');
  }
  await parts.history.operator(userId, {
    commandType: 'ConfirmCredentials',
    data: { method: 'passkey', secondFactors: [] },
  });
  await tellOpened(parts, userId, { sessionId, method: 'passkey', from: visit.from, tries: 1 });
  return { body: { next: 'console' } satisfies Next, cookies: headers.getSetCookie() };
}

/** A passkey shown again within a session; undefined where it is somebody else's. */
export async function takePasskey(
  parts: Parts,
  operatorId: string,
  credential: object,
  visit: Visit,
): Promise<'passkey' | undefined> {
  const { response } = await verifyPasskey(parts, credential, visit);
  // The library opens a session with every passkey; here it is not wanted.
  await parts.database.query('delete from sessions where id = $1', [response.session.id]);
  return response.session.userId === operatorId ? 'passkey' : undefined;
}

function verifyPasskey(parts: Parts, credential: object, { origin, cookie }: Visit): ReturnType<VerifyPasskey> {
  const verify = parts.authFor(origin).api.verifyPasskeyAuthentication as unknown as VerifyPasskey;
  return verify({
    body: { response: credential },
    headers: new Headers({ origin, cookie: cookie ?? '' }),
    returnHeaders: true,
  }).catch(() => {
    throw new TidemarkError('sign-in-failed', 'this passkey does not sign anybody in');
  });
}

/** What the browser needs to make a passkey for the operator of the session. */
export async function passkeyRegistrationOptions(parts: Parts, { origin, cookie }: Visit): Promise<AuthAnswer> {
  const { headers, response } = await parts.authFor(origin).api.generatePasskeyRegistrationOptions({
    headers: new Headers({ origin, cookie: cookie ?? '' }),
    query: {},
    returnHeaders: true,
  });
  return { body: response, cookies: headers.getSetCookie() };
}

/** Keeps a passkey that the browser made. */
export async function registerPasskey(
  parts: Parts,
  {
    operatorId,
    sessionId,
    name,
    credential,
  }: { operatorId: string; sessionId: string; name: string; credential: object },
  { origin, cookie }: Visit,
): Promise<AuthAnswer> {
  const made = await parts
    .authFor(origin)
    .api.verifyPasskeyRegistration({
      body: { response: credential, name },
      headers: new Headers({ origin, cookie: cookie ?? '' }),
    })
    .catch(() => {
      throw new TidemarkError('bad-request', 'the browser’s answer does not fit the question; try again', {
        field: 'credential',
      });
    });
  // The device has just verified its user, which this session then has shown.
  await parts.database.query(
    `update sessions set second_factor = coalesce(second_factor, 'passkey'), stepped_up_at = $2 where id = $1`,
    [sessionId, parts.clock.now()],
  );
  parts.forget();
  await parts.history.operator(operatorId, { commandType: 'EnrolSecondFactor', data: { method: 'passkey' } });
  return { body: { passkeyId: made.id } };
}

/** Takes a passkey away. */
export async function removePasskey(parts: Parts, operatorId: string, passkeyId: string): Promise<AuthAnswer> {
  const rows = await parts.database.query('delete from passkeys where id = $1 and user_id = $2 returning 1', [
    passkeyId,
    operatorId,
  ]);
  if (rows.length === 0) throw new TidemarkError('not-found', 'there is no such passkey', { field: 'passkeyId' });
  const left = await parts.database.query('select 1 from passkeys where user_id = $1 limit 1', [operatorId]);
  if (left.length === 0) {
    await dropLoneRecoveryCodes(parts, operatorId);
    await parts.history.operator(operatorId, { commandType: 'RemoveSecondFactor', data: { method: 'passkey' } });
  }
  return { body: {} };
}
