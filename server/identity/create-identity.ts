import type { JSONWebKeySet } from 'jose';
import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Caller } from '#server/kernel/caller.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { readAccount, readAccountHistory } from './account.ts';
import * as apiKeys from './api-keys.ts';
import { type Auth, createAuth } from './auth.ts';
import { createAuthApi } from './auth-api.ts';
import { createAuthenticate } from './authenticate.ts';
import { createHistory } from './history.ts';
import type { Identity } from './identity.ts';
import { firstLink, invite } from './invitations.ts';
import * as operators from './operators.ts';
import type { Parts } from './parts.ts';
import { endSessions, listSessions } from './sessions.ts';

export type IdentityOptions = {
  database: Database;
  eventStore: EventStore;
  clock: Clock;
  secret: string;
  publicUrl: string | undefined;
  firstDelayMs: number;
  /** Embedded, on loopback, and under no public address. */
  mayPutOff: boolean;
};

/** Names of this machine and the public one: more origins than these are never asked for. */
const ORIGINS_MAX = 8;

/** The public keys change with a new one alone; a token by a key of the last minute is read after a second look. */
const KEYS_KEPT_MS = 10_000;

/** Puts sign-in together. */
export function createIdentity(options: IdentityOptions): Identity {
  const { database, eventStore, clock, secret, publicUrl, firstDelayMs, mayPutOff } = options;
  const issuer = publicUrl ?? 'urn:tidemark:local';
  const auths = new Map<string, Auth>();
  const parts: Parts = {
    database,
    eventStore,
    history: createHistory(eventStore, clock),
    authFor(origin) {
      const auth = auths.get(origin) ?? createAuth({ database, secret, origin, issuer });
      if (auths.size >= ORIGINS_MAX) auths.clear();
      auths.set(origin, auth);
      return auth;
    },
    secret,
    clock,
    firstDelayMs,
    mayPutOff,
    forget: () => forget(),
  };

  let kept: { keys: JSONWebKeySet; until: number } | undefined;
  async function keys(): Promise<JSONWebKeySet> {
    const now = clock.monotonicMs();
    if (kept !== undefined && kept.until > now) return kept.keys;
    const found = (await parts.authFor(publicUrl ?? 'http://localhost').api.getJwks()) as JSONWebKeySet;
    kept = { keys: found, until: now + KEYS_KEPT_MS };
    return found;
  }
  const { authenticate, forget } = createAuthenticate(parts, publicUrl, { issuer, keys, now: () => clock.now() });

  return {
    authenticate,
    answer: createAuthApi(parts, { publicUrl, authenticate }),
    account: (caller) => readAccount(parts, caller),
    accountHistory: (caller, limit) => readAccountHistory(parts, caller, limit),
    sessions: {
      // A key, or this machine without sign-in, has no session to show.
      list: async (caller) => (caller.kind === 'operator' ? listSessions(parts, caller.id, caller.sessionId) : []),
      async end(caller, sessionId) {
        await endSessions(parts, operatorOf(caller), { sessionId, reason: 'ended by the operator' });
      },
      endOthers: (caller) =>
        endSessions(parts, operatorOf(caller), { except: caller.sessionId, reason: 'ended by the operator' }),
    },
    operators: {
      list: () => operators.listOperators(parts),
      async invite(by, { email, role }) {
        const { secret: link, expiresAt } = await invite(database, { email, role, by: by.name });
        return { link: `/welcome#${link}`, expiresAt };
      },
      setRole: (by, change) => operators.setRole(parts, change, by.name),
      disable: (by, change) => operators.disableOperator(parts, change, by.name),
      endSessions: (by, change) => operators.endSessionsOf(parts, change, by.name),
      enable: (by, change) => operators.enableOperator(parts, change, by.name),
    },
    keys: {
      list: () => apiKeys.listApiKeys(database),
      create: (by, key) => apiKeys.createApiKey(database, key, by.name),
      async revoke(_, keyId) {
        const revoked = await apiKeys.revokeApiKey(database, keyId);
        forget();
        return revoked;
      },
    },
    firstLink: () => firstLink(database),
  };
}

function operatorOf(caller: Caller): string {
  if (caller.kind === 'operator') return caller.id;
  throw new TidemarkError('permission-denied', 'this is about an operator’s own account; a key has none');
}
