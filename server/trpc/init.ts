import { initTRPC } from '@trpc/server';
import { type Permission, requirePermission } from '#server/kernel/caller.ts';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { formatError, toTrpcError } from './errors.ts';
import { checkGuard, recorded } from './guarded.ts';

/** What a procedure declares of itself. */
export type ProcedureMeta = {
  permission: Permission;
  /** What a call takes from its caller's limit; by its kind where it says nothing. */
  cost?: number;
  /** Which calls stand in the audit; where nothing is said, those of every mutation. */
  audit?: 'always' | 'operators' | 'never';
};

const trpc = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => formatError(shape, error, ctx?.requestId),
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
  });

/** Turns errors of the kernel into tRPC's, in the one place that every procedure passes. */
const withErrors = trpc.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** Refuses values that JSON or Postgres would change without a word, wherever they stand in the input. */
const withCheckedInput = trpc.middleware(async ({ next, getRawInput }) => {
  try {
    checkJson(await getRawInput(), 'input');
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    const field = String(error.details.field).replace(/^input\.?/, '') || 'body';
    throw new TidemarkError(error.code, error.message.replace(/^input\.?/, ''), { field });
  }
  return next();
});

export const router = trpc.router;

/**
 * Begins a procedure that needs `permission`. There is no other way to begin one, so that each declares what it needs:
 * who has not got it is refused before the input is read. `actor` is in the context only behind this.
 */
export function procedure(permission: Permission, options: Omit<ProcedureMeta, 'permission'> = {}) {
  return trpc.procedure
    .meta({ permission, ...options })
    .use(withErrors)
    .use(({ ctx, next }) => {
      requirePermission(ctx.caller, permission);
      return next({ ctx: { actor: ctx.caller.name } });
    })
    .use(withCheckedInput)
    .use(async ({ ctx, next, path, type, getRawInput }) => {
      const call = { path, kind: type, permission, audit: options.audit, input: await getRawInput() };
      const approvedBy = await checkGuard(ctx, call);
      return recorded(ctx, call, approvedBy, () => next());
    });
}

export const createCallerFactory = trpc.createCallerFactory;
