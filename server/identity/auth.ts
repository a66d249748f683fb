import { createAuthEndpoint } from '@better-auth/core/api';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { deleteSessionCookie, setSessionCookie } from 'better-auth/cookies';
import { jwt } from 'better-auth/plugins';
import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { createIdentityAdapter } from './adapter.ts';
import { cookieNames } from './cookies.ts';

/** A session ends so long after it was opened, used or not. */
export const SESSION_SECONDS_MAX = 12 * 3600;

/** A token of a session, which other programs take as `Authorization: Bearer`. */
export const TOKEN_SECONDS = 5 * 60;

export const TOKEN_AUDIENCE = 'tidemark';

export type AuthOptions = {
  database: Database;
  secret: string;
  /** Scheme, host and port as the browser sees them; the cookie and the passkeys are for it alone. */
  origin: string;
  /** What tokens name as their issuer. */
  issuer: string;
};

/**
 * better-auth as a library: it keeps sessions, passkeys and signing keys. None of its own addresses is served, so every
 * way in goes by `sign-in.ts` and its history. Its cookie cache stays off: with a second factor it can be used to pass it.
 */
export function createAuth({ database, secret, origin, issuer }: AuthOptions) {
  const secure = origin.startsWith('https:');
  const names = cookieNames(origin);
  return betterAuth({
    appName: 'Tidemark',
    secret,
    baseURL: origin,
    database: createIdentityAdapter(database),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    user: {
      modelName: 'operators',
      additionalFields: {
        role: { type: 'string', input: false },
        disabledAt: { type: 'date', required: false, input: false },
        secondFactorPutOff: { type: 'boolean', required: false, input: false },
      },
    },
    session: {
      modelName: 'sessions',
      expiresIn: SESSION_SECONDS_MAX,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        secondFactor: { type: 'string', required: false, input: false },
        steppedUpAt: { type: 'date', required: false, input: false },
        lastSeenAt: { type: 'date', required: false, input: false },
      },
    },
    verification: { modelName: 'verifications' },
    advanced: {
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      cookies: { session_token: { name: names.session } },
    },
    plugins: [
      sessions(),
      jwt({
        schema: { jwks: { modelName: 'signing_keys' } },
        jwks: { keyPairConfig: { alg: 'EdDSA', crv: 'Ed25519' } },
        jwt: { issuer, audience: TOKEN_AUDIENCE, expirationTime: `${TOKEN_SECONDS}s` },
      }),
      passkey({
        rpName: 'Tidemark',
        rpID: new URL(origin).hostname,
        origin,
        schema: { passkey: { modelName: 'passkeys' } },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        advanced: { webAuthnChallengeCookie: names.passkey },
        authentication: {
          // A passkey counts as both factors, so the device must have asked for a finger, a face or its PIN.
          async afterVerification({ verification }) {
            if (!verification.authenticationInfo.userVerified) throw new Error('the device did not verify its user');
          },
        },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** Opens and ends sessions from code alone: no address leads here. */
function sessions() {
  return {
    id: 'tidemark-sessions',
    endpoints: {
      openSession: createAuthEndpoint.serverOnly(
        {
          method: 'POST',
          body: z.object({
            operatorId: z.string(),
            address: z.string(),
            client: z.string(),
            secondFactor: z.string().nullable(),
            steppedUpAt: z.date().nullable(),
          }),
        },
        async (ctx) => {
          const { operatorId, address, client, secondFactor, steppedUpAt } = ctx.body;
          const user = await ctx.context.internalAdapter.findUserById(operatorId);
          if (user === null) return null;
          const session = await ctx.context.internalAdapter.createSession(operatorId, false, {
            ipAddress: address,
            userAgent: client,
            secondFactor,
            steppedUpAt,
            lastSeenAt: new Date(),
          });
          await setSessionCookie(ctx, { session, user });
          return { sessionId: session.id };
        },
      ),
      forgetCookie: createAuthEndpoint.serverOnly({ method: 'POST' }, async (ctx) => {
        deleteSessionCookie(ctx);
        return null;
      }),
    },
  };
}
