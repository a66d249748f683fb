import type { Database } from '#db/database.ts';
import { type Permission, ROLE_PERMISSIONS, type Role } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { KEY_PREFIX } from './authenticate.ts';
import type { ApiKey } from './identity.ts';
import { hashOf, newSecret } from './secrets.ts';

export type NewApiKey = {
  name: string;
  role: Role;
  /** Fewer than the role's; all of them where it is missing. */
  permissions?: Permission[] | undefined;
  /** Never where it is missing. */
  expiresInDays?: number | undefined;
};

/** Makes a key. The answer is the only place where it stands in full. */
export async function createApiKey(
  database: Database,
  asked: NewApiKey,
  by: string,
): Promise<{ key: string; apiKey: ApiKey }> {
  const { name, role, permissions, expiresInDays } = asked;
  const beyond = permissions?.find((one) => !ROLE_PERMISSIONS[role].includes(one));
  if (beyond !== undefined) {
    throw new TidemarkError('bad-request', `permissions: ${role} has not got ${beyond}`, { field: 'permissions' });
  }
  const key = `${KEY_PREFIX}${newSecret()}`;
  const [row] = await database.query<Row>(
    `insert into api_keys (name, prefix, key_hash, role, permissions, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)) returning *`,
    [name, key.slice(0, KEY_PREFIX.length + 6), hashOf(key), role, permissions ?? null, by, expiresInDays ?? null],
  );
  if (row === undefined) throw new TidemarkError('internal', 'the key was not kept');
  return { key, apiKey: shown(row) };
}

/** Every key, the newest first; revoked and expired ones too. */
export async function listApiKeys(database: Database): Promise<ApiKey[]> {
  const rows = await database.query<Row>('select * from api_keys order by created_at desc, id limit 500');
  return rows.map(shown);
}

/** Ends a key for good. */
export async function revokeApiKey(database: Database, keyId: string): Promise<ApiKey> {
  const [row] = await database.query<Row>(
    'update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning *',
    [keyId],
  );
  if (row === undefined) throw new TidemarkError('not-found', 'there is no such key', { field: 'keyId' });
  return shown(row);
}

type Row = {
  id: string;
  name: string;
  prefix: string;
  role: Role;
  permissions: Permission[] | null;
  created_by: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
};

function shown(row: Row): ApiKey {
  return {
    keyId: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    permissions: row.permissions,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
