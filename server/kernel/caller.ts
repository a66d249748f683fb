import { TidemarkError } from './errors.ts';

/** What somebody may be allowed, by name. A procedure declares one of these, or it does not compile. */
export const PERMISSIONS = [
  'system.read',
  'account.self',
  'events.read',
  'streams.append',
  'commands.read',
  'commands.send',
  'read-models.read',
  'projections.read',
  'projections.act',
  'parked.act',
  'compare.read',
  'compare.act',
  'payload.reveal',
  'audit.read',
  'approvals.act',
  'settings.read',
  'settings.manage',
  'operators.manage',
  'keys.manage',
  'privacy.act',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['viewer', 'operator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

const VIEWER: readonly Permission[] = [
  'system.read',
  'account.self',
  'events.read',
  'commands.read',
  'read-models.read',
  'projections.read',
  'compare.read',
];

const OPERATOR: readonly Permission[] = [
  ...VIEWER,
  'streams.append',
  'commands.send',
  'projections.act',
  'parked.act',
  'compare.act',
  'payload.reveal',
  'audit.read',
  'approvals.act',
  'settings.read',
];

/** What each role may do; a role that is not here may do nothing. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: VIEWER,
  operator: OPERATOR,
  admin: PERMISSIONS,
};

/**
 * Who asks. `permissions` is what counts: the role's, or fewer where an API key is scoped. `name` is the actor of what
 * the caller does: an operator's e-mail address, a key's name.
 */
export type Caller = {
  kind: 'operator' | 'api-key' | 'service';
  id: string;
  name: string;
  role: Role;
  permissions: readonly Permission[];
  sessionId?: string;
  /** ISO 8601: when the second factor was last shown in this session. */
  steppedUpAt?: string;
  /** Whether the caller has a second factor at all. */
  secondFactor: boolean;
};

/** The headers of a request in lower case, as Node gives them. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Finds out who asks, from a session, a token or a key. `address` is the peer's, never what a header says. Rejects with
 * `unauthenticated`.
 */
export type Authenticate = (headers: RequestHeaders, address: string) => Promise<Caller>;

export function mayDo(caller: Caller, permission: Permission): boolean {
  return caller.permissions.includes(permission);
}

/** Throws `permission-denied`, which names what is missing. */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (mayDo(caller, permission)) return;
  throw new TidemarkError(
    'permission-denied',
    `this needs the permission ${permission}, which ${caller.name} has not`,
    {
      permission,
    },
  );
}
