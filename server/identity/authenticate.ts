import {
  type Authenticate,
  type Caller,
  PERMISSIONS,
  type Permission,
  type RequestHeaders,
  ROLE_PERMISSIONS,
} from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { cookieNames, originOf, readCookie } from './cookies.ts';
import type { OperatorRow, Parts } from './parts.ts';
import { secondFactorsOf } from './second-factors.ts';
import { hashOf } from './secrets.ts';
import { mustEnrol } from './sign-in.ts';
import { readToken, type TokenReader } from './tokens.ts';

/** A session that nobody used for so long is over. */
export const IDLE_SECONDS_MAX = 30 * 60;

/** A caller once recognised counts for so long without asking the database: what is ended ends within it. */
const KNOWN_MS = 2000;
const KNOWN_MAX = 10_000;

/** Use is written down at most so often. */
const SEEN_EVERY_SECONDS = 60;

export const KEY_PREFIX = 'tmk_';

type Known = { caller: Promise<Caller>; until: number };

/** Finds the caller by key, token or session; see `Authenticate`. It counts as use of the session. */
export function createAuthenticate(parts: Parts, publicUrl: string | undefined, tokens: TokenReader) {
  const known = new Map<string, Known>();

  async function recognise(headers: RequestHeaders): Promise<Caller | undefined> {
    const bearer = bearerOf(headers);
    if (bearer?.startsWith(KEY_PREFIX)) return byKey(parts, bearer);
    if (bearer !== undefined) {
      const token = await readToken(tokens, bearer);
      return token === undefined ? undefined : bySession(parts, { id: token.sessionId, operatorId: token.operatorId });
    }
    const origin = originOf(String(headers.host ?? ''), publicUrl);
    const cookie = String(headers.cookie ?? '');
    if (readCookie(cookie, cookieNames(origin).session) === undefined) return undefined;
    const found = await parts.authFor(origin).api.getSession({
      headers: new Headers({ cookie }),
      query: { disableCookieCache: true, disableRefresh: true },
    });
    return found === null ? undefined : bySession(parts, { id: found.session.id, operatorId: found.user.id });
  }

  async function find(headers: RequestHeaders): Promise<Caller> {
    const caller = await recognise(headers);
    if (caller === undefined) {
      throw new TidemarkError('unauthenticated', whyUnknown(bearerOf(headers)));
    }
    if (caller.sessionId !== undefined) await markUsed(parts, caller.sessionId);
    return caller;
  }

  const authenticate: Authenticate = async (headers) => {
    const cacheKey = hashOf(JSON.stringify([headers.host, headers.authorization, headers.cookie]));
    const now = parts.clock.monotonicMs();
    const hit = known.get(cacheKey);
    if (hit !== undefined && hit.until > now) return hit.caller;
    // Kept while it is under way too: a thousand live streams of one key ask once.
    const found: Known = { caller: find(headers), until: now + KNOWN_MS };
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(cacheKey, found);
    try {
      return await found.caller;
    } catch (error) {
      if (known.get(cacheKey) === found) known.delete(cacheKey);
      throw error;
    }
  };
  return { authenticate, forget: () => known.clear() };
}

function whyUnknown(bearer: string | undefined): string {
  if (bearer === undefined) {
    return 'sign in, or give a key or a token: Authorization: Bearer <key>. npm run -s api-key makes one';
  }
  const what = bearer.startsWith(KEY_PREFIX) ? 'key' : 'token';
  return `the ${what} that was given is not known here: it is mistyped, from another server, revoked or past its end`;
}

/** Writes down that a session is used, so that it is not idle. */
async function markUsed({ database }: Parts, sessionId: string): Promise<void> {
  await database.query(
    'update sessions set last_seen_at = now() where id = $1 and last_seen_at < now() - make_interval(secs => $2)',
    [sessionId, SEEN_EVERY_SECONDS],
  );
}

function bearerOf(headers: RequestHeaders): string | undefined {
  const value = headers.authorization;
  if (value === undefined) return undefined;
  const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(String(value));
  if (match === null) throw new TidemarkError('unauthenticated', 'Authorization must be "Bearer" and a key or a token');
  return match[1];
}

type SessionRow = OperatorRow & { session_id: string; second_factor: string | null; stepped_up_at: string | null };

async function bySession(
  parts: Parts,
  { id, operatorId }: { id: string; operatorId: string },
): Promise<Caller | undefined> {
  const [row] = await parts.database.query<SessionRow>(
    `select o.*, s.id as session_id, s.second_factor, s.stepped_up_at
     from sessions s join operators o on o.id = s.user_id
     where s.id = $1 and o.id = $2 and o.disabled_at is null and s.expires_at > now()
       and s.last_seen_at > now() - make_interval(secs => $3)`,
    [id, operatorId, IDLE_SECONDS_MAX],
  );
  if (row === undefined) return undefined;
  const methods = await secondFactorsOf(parts, row.id);
  const halfway = row.second_factor === null && (methods.length > 0 || mustEnrol(parts, row));
  return {
    kind: 'operator',
    id: row.id,
    name: row.email,
    role: row.role,
    // Until the second factor is set up there is nothing to do but that.
    permissions: halfway ? ['account.self'] : ROLE_PERMISSIONS[row.role],
    sessionId: row.session_id,
    secondFactor: methods.length > 0,
    ...(row.stepped_up_at !== null && { steppedUpAt: row.stepped_up_at }),
  };
}

type KeyRow = { id: string; name: string; role: Caller['role']; permissions: string[] | null };

async function byKey({ database }: Parts, key: string): Promise<Caller | undefined> {
  const [row] = await database.query<KeyRow>(
    `update api_keys set last_used_at = now()
     where key_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())
     returning id, name, role, permissions`,
    [hashOf(key)],
  );
  if (row === undefined) return undefined;
  const scoped = (permission: Permission) => row.permissions === null || row.permissions.includes(permission);
  const permissions = ROLE_PERMISSIONS[row.role].filter((one) => scoped(one) && PERMISSIONS.includes(one));
  return { kind: 'api-key', id: row.id, name: row.name, role: row.role, permissions, secondFactor: false };
}
