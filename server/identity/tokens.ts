import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Caller } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { TOKEN_AUDIENCE, TOKEN_SECONDS } from './auth.ts';
import type { Parts } from './parts.ts';

/** What a token must be of, and the keys that may have signed it. */
export type TokenReader = { issuer: string; keys(): Promise<JSONWebKeySet>; now(): Date };

/** Header fields by which a token would bring or name its own key. */
const FOREIGN_KEY_FIELDS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64'];

/** The session that a token is of, or undefined where anything about it is not as it must be. */
export async function readToken(
  reader: TokenReader,
  token: string,
): Promise<{ operatorId: string; sessionId: string } | undefined> {
  try {
    const header = decodeProtectedHeader(token);
    if (header.alg !== 'EdDSA' || FOREIGN_KEY_FIELDS.some((field) => field in header)) return undefined;
    const { payload } = await jwtVerify(token, createLocalJWKSet(await reader.keys()), {
      algorithms: ['EdDSA'],
      issuer: reader.issuer,
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['exp', 'iat', 'sub', 'sid', 'jti'],
      maxTokenAge: TOKEN_SECONDS,
      currentDate: reader.now(),
    });
    return { operatorId: String(payload.sub), sessionId: String(payload.sid) };
  } catch (error) {
    if (error instanceof TidemarkError) throw error;
    return undefined;
  }
}

/** A token of 5 minutes for the caller's session; ended with it. */
export async function issueToken(
  parts: Parts,
  { caller, origin }: { caller: Caller; origin: string },
): Promise<{ token: string; expiresAt: string }> {
  const { sessionId } = caller;
  if (sessionId === undefined)
    throw new TidemarkError('permission-denied', 'a token is made from a session, not from a key');
  const tokenId = randomUUID();
  const seconds = Math.floor(parts.clock.now().getTime() / 1000);
  const expiresAt = new Date((seconds + TOKEN_SECONDS) * 1000).toISOString();
  const payload = { sub: caller.id, sid: sessionId, jti: tokenId, iat: seconds, exp: seconds + TOKEN_SECONDS };
  const { token } = await parts.authFor(origin).api.signJWT({ body: { payload } });
  await parts.history.operator(caller.id, { commandType: 'IssueToken', data: { tokenId, sessionId, expiresAt } });
  return { token, expiresAt };
}
