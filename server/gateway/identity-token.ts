import { createHmac, randomUUID } from 'node:crypto';
import type { Caller } from '#server/kernel/caller.ts';

const SECONDS = 60;

/** The key of one route: of the process's secret, so that no database holds it. */
export function routeKey(secret: string, category: string): Buffer {
  return createHmac('sha256', secret).update(`tidemark service route ${category}`).digest();
}

/**
 * A JSON Web Token (RFC 7519, HS256) by which a service knows who asks, for a minute and for itself alone. `nowMs`:
 * milliseconds since 1970.
 */
export function identityToken(
  key: Buffer,
  { caller, audience, nowMs }: { caller: Caller; audience: string; nowMs: number },
) {
  const issuedAt = Math.floor(nowMs / 1000);
  const claims = {
    iss: 'tidemark',
    aud: audience,
    sub: caller.id,
    name: caller.name,
    kind: caller.kind,
    role: caller.role,
    iat: issuedAt,
    exp: issuedAt + SECONDS,
    jti: randomUUID(),
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
