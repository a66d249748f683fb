import { z } from 'zod';
import type { Authenticate, Caller } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import * as account from './account.ts';
import { clientOf } from './client-of.ts';
import { originOf } from './cookies.ts';
import type { AuthAnswer, AuthRequest } from './identity.ts';
import { acceptInvitation, readInvitation } from './invitations.ts';
import type { Parts } from './parts.ts';
import * as passkeys from './passkeys.ts';
import { endSessions } from './sessions.ts';
import { passSecondFactor, signIn, type Visit } from './sign-in.ts';
import { issueToken } from './tokens.ts';

const text = (max: number) => z.string().min(1).max(max);
const secondFactor = z.union([z.strictObject({ code: text(32) }), z.strictObject({ recoveryCode: text(64) })]);
const credential = z.looseObject({ id: text(2048) });
const stepUp = z.union([secondFactor, z.strictObject({ credential })]);
const nothing = z.strictObject({});

type Handler = (body: unknown, visit: Visit, request: AuthRequest) => Promise<AuthAnswer>;

/**
 * The addresses under /api/auth, all of them POST but the public keys. They set cookies, which procedures can't; lists
 * of sessions, operators and keys are procedures.
 */
export function createAuthApi(
  parts: Parts,
  { publicUrl, authenticate }: { publicUrl: string | undefined; authenticate: Authenticate },
) {
  const open = <T>(schema: z.ZodType<T>, work: (body: T, visit: Visit) => Promise<AuthAnswer>): Handler => {
    return (body, visit) => work(read(schema, body), visit);
  };
  /** For somebody who is signed in, with a session of their own. */
  const own = <T>(
    schema: z.ZodType<T>,
    work: (caller: Caller & { sessionId: string }, body: T, visit: Visit) => Promise<AuthAnswer>,
  ): Handler => {
    return async (body, visit, request) => {
      const caller = await authenticate(request.headers, request.address);
      const { sessionId } = caller;
      if (caller.kind !== 'operator' || sessionId === undefined) {
        throw new TidemarkError('permission-denied', 'this is about an operator’s own account; a key has none');
      }
      return work({ ...caller, sessionId }, read(schema, body), visit);
    };
  };

  const handlers: Record<string, Handler> = {
    '/sign-in': open(z.strictObject({ email: text(254), password: text(256) }), (body, visit) =>
      signIn(parts, body, visit),
    ),
    '/second-factor': open(secondFactor, (body, visit) => passSecondFactor(parts, body, visit)),
    '/passkey/options': open(nothing, (_, visit) => passkeys.passkeyOptions(parts, visit)),
    '/passkey/sign-in': open(z.strictObject({ credential }), (body, visit) =>
      passkeys.passkeySignIn(parts, body.credential, visit),
    ),
    '/invitation': open(z.strictObject({ link: text(128) }), async (body, visit) => ({
      body: await readInvitation(parts, body.link, visit),
    })),
    '/account': open(
      z.strictObject({ link: text(128), email: text(254), name: z.string().max(120), password: text(256) }),
      (body, visit) => acceptInvitation(parts, body, visit),
    ),
    '/sign-out': own(nothing, async (caller, _, visit) => {
      await endSessions(parts, caller.id, { sessionId: caller.sessionId, reason: 'signed out' });
      const { headers } = await parts.authFor(visit.origin).api.forgetCookie({ returnHeaders: true });
      return { body: {}, cookies: headers.getSetCookie() };
    }),
    '/totp/begin': own(nothing, (caller) => account.startTotp(parts, caller)),
    '/totp/confirm': own(z.strictObject({ code: text(32) }), (caller, { code }, visit) =>
      account.finishTotp(parts, caller, code, visit),
    ),
    '/second-factor/put-off': own(nothing, (caller) => account.putOffSecondFactor(parts, caller)),
    '/recovery-codes': own(nothing, (caller) => account.renewRecoveryCodes(parts, caller)),
    '/totp/remove': own(nothing, (caller) => account.endTotp(parts, caller)),
    '/step-up': own(stepUp, (caller, body, visit) => account.stepUp(parts, caller, body, visit)),
    '/password': own(z.strictObject({ current: text(256), next: text(256) }), (caller, body, visit) =>
      account.changePassword(parts, caller, body, visit),
    ),
    '/passkey/register-options': own(nothing, (caller, _, visit) => {
      account.requireFresh(parts, caller);
      return passkeys.passkeyRegistrationOptions(parts, visit);
    }),
    '/passkey/register': own(z.strictObject({ credential, name: text(80) }), (caller, body, visit) => {
      account.requireFresh(parts, caller);
      return passkeys.registerPasskey(parts, { ...body, operatorId: caller.id, sessionId: caller.sessionId }, visit);
    }),
    '/passkey/remove': own(z.strictObject({ passkeyId: text(64) }), async (caller, { passkeyId }) => {
      account.requireFresh(parts, caller);
      await account.requireAnother(parts, caller, 'passkey');
      return passkeys.removePasskey(parts, caller.id, passkeyId);
    }),
    '/token': own(nothing, async (caller, _, { origin }) => ({ body: await issueToken(parts, { caller, origin }) })),
    '/session': own(nothing, async ({ name, role, sessionId }) => ({ body: { name, role, sessionId } })),
  };

  return async (request: AuthRequest): Promise<AuthAnswer> => {
    const { method, path, headers, address } = request;
    const origin = originOf(typeof headers.host === 'string' ? headers.host : undefined, publicUrl);
    if (path === '/jwks') return { body: await parts.authFor(origin).api.getJwks() };
    const handler = handlers[path];
    if (handler === undefined) throw new TidemarkError('not-found', `nothing is at /api/auth${path}`);
    if (method !== 'POST') throw new TidemarkError('method-not-allowed', `this address takes POST, not ${method}`);
    const from = { address, client: clientOf(String(headers['user-agent'] ?? '')) };
    return handler(request.body ?? {}, { origin, from, cookie: headers.cookie?.toString() }, request);
  };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'body';
  throw new TidemarkError('bad-request', `${field}: ${issue?.message ?? 'is not valid'}`, { field });
}
