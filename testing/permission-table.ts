import { PERMISSIONS, type Permission, ROLE_PERMISSIONS, ROLES } from '#server/kernel/caller.ts';
import { ROUTES } from '#server/rest/routes.ts';
import { appRouter } from '#server/trpc/root.ts';

export type DeclaredProcedure = {
  path: string;
  kind: 'query' | 'mutation' | 'subscription';
  permission: Permission | undefined;
};

/** Every procedure of the router with what it declares. */
export function declaredProcedures(): DeclaredProcedure[] {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: DeclaredProcedure['kind']; meta?: { permission?: Permission } } }
  >;
  return Object.entries(procedures).map(([path, { _def }]) => ({
    path,
    kind: _def.type,
    permission: _def.meta?.permission,
  }));
}

/** docs/permissions.md, made of the router, the REST table and the roles. */
export function permissionTable(): string {
  const mark = (permission: Permission | undefined) =>
    ROLES.map((role) => (permission && ROLE_PERMISSIONS[role].includes(permission) ? 'yes' : '–')).join(' | ');
  const restOf = (path: string) =>
    ROUTES.filter((route) => route.procedure === path)
      .map((route) => `\`${route.method} ${route.path}\``)
      .join(', ');
  const rows = declaredProcedures()
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(
      ({ path, kind, permission }) =>
        `| \`${path}\` | ${kind} | ${restOf(path)} | \`${permission}\` | ${mark(permission)} |`,
    );
  const roles = `${ROLES.join(' | ')} |`;
  const line = '|---'.repeat(ROLES.length);
  return [
    '# Who may do what',
    '',
    'Made by `npm run permissions` from the router; a test compares it and calls every procedure as every role. What is not',
    'listed is refused. An API key may have fewer permissions than its role.',
    '',
    '## Permissions',
    '',
    `| permission | ${roles}`,
    `|---${line}|`,
    ...PERMISSIONS.map((permission) => `| \`${permission}\` | ${mark(permission)} |`),
    '',
    '## Procedures',
    '',
    'Beside the procedures, `GET /api/v1/events/live`, `GET /api/v1/events/export` and `GET /api/v1/exports/{exportId}/file` need `events.read`, `GET /metrics` needs',
    '`system.read`, and a part of `POST /api/v1/batch` what its own address needs.',
    '',
    `| procedure | kind | REST, under /api/v1 | permission | ${roles}`,
    `|---|---|---|---${line}|`,
    ...rows,
    '',
  ].join('\n');
}
