import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Caller, type Permission, ROLE_PERMISSIONS, ROLES } from '#server/kernel/caller.ts';
import { GUARDED_ACTS } from '#server/kernel/guarded-acts.ts';
import { call } from '#server/trpc/call.ts';
import { toTidemarkError } from '#server/trpc/errors.ts';
import { procedure } from '#server/trpc/init.ts';
import type { VisibleServices } from '#server/trpc/visible-services.ts';
import { declaredProcedures, permissionTable } from './permission-table.ts';

const procedures = declaredProcedures();

/** Says which service was reached, instead of doing anything. */
const services = new Proxy({} as VisibleServices, {
  get(_, name) {
    throw new Error(`reached ${String(name)}`);
  },
});

/** What a caller with these permissions is told by a procedure, with no input. */
async function codeFor(path: string, permissions: readonly Permission[]): Promise<string> {
  const caller: Caller = {
    kind: 'operator',
    id: '1',
    name: 'ada',
    role: 'viewer',
    permissions,
    secondFactor: true,
  };
  const from = { address: '127.0.0.1', userAgent: undefined };
  const context = { services, requestId: 'r', caller, callerNow: async () => caller, from, signal: undefined };
  try {
    const result = (await call(path, undefined, context)) as AsyncIterable<unknown> | undefined;
    if (result && Symbol.asyncIterator in result) await result[Symbol.asyncIterator]().next();
    return 'answered';
  } catch (error) {
    return toTidemarkError(error).code;
  }
}

describe('who may do what', () => {
  test('the router is read: there are procedures, and each declares its permission', () => {
    expect(procedures.length).toBeGreaterThan(30);
    expect(procedures.filter(({ permission }) => permission === undefined)).toEqual([]);
  });

  test('a procedure that declares none does not compile', () => {
    // @ts-expect-error: the permission is missing
    const undeclared = () => procedure();
    // @ts-expect-error: this is no permission
    const unknown = () => procedure('events.everything');
    expect([undeclared, unknown]).toHaveLength(2);
  });

  test('every guarded act is a procedure that changes something', () => {
    const mutations = procedures.filter(({ kind }) => kind === 'mutation').map(({ path }) => path);
    expect(GUARDED_ACTS.filter((act) => !mutations.includes(act))).toEqual([]);
  });

  test('what changes something needs more than a permission to read', () => {
    const lax = procedures.filter(({ kind, permission }) => kind === 'mutation' && permission?.endsWith('.read'));
    expect(lax).toEqual([]);
  });

  test.each(ROLES)('%s is refused exactly what the table does not grant', async (role) => {
    const granted = ROLE_PERMISSIONS[role];
    for (const { path, permission } of procedures) {
      const code = await codeFor(path, granted);
      const may = permission !== undefined && granted.includes(permission);
      expect(`${path} ${code === 'permission-denied' ? 'refused' : 'let in'}`).toBe(
        `${path} ${may ? 'let in' : 'refused'}`,
      );
    }
  });

  test('no procedure lets in a caller who has no permission', async () => {
    for (const { path } of procedures) expect(`${path} ${await codeFor(path, [])}`).toBe(`${path} permission-denied`);
  });

  test('each permission alone opens its own procedures only', async () => {
    for (const { path, permission } of procedures) {
      const others = ROLE_PERMISSIONS.admin.filter((one) => one !== permission);
      expect(`${path} ${await codeFor(path, others)}`).toBe(`${path} permission-denied`);
    }
  });

  test('docs/permissions.md is what `npm run permissions` writes', () => {
    expect(readFileSync(new URL('../docs/permissions.md', import.meta.url), 'utf8')).toBe(permissionTable());
  });
});
