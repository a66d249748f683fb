import { initTRPC } from '@trpc/server';
import type { Permission } from '#server/kernel/caller.ts';
import type { Context } from './context.ts';
import { type ProcedureMeta, toPassing } from './declared.ts';
import { formatError } from './errors.ts';
import { pass } from './pass.ts';

const trpc = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => formatError(shape, error, ctx?.requestId),
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
  });

export const router = trpc.router;

/**
 * Begins a procedure that needs `permission`. There is no other way to begin one, so that each declares what it needs.
 * What every call passes is one middleware that adds nothing to the context, because tRPC copies the whole call for each,
 * and the context for what is added.
 */
export function procedure(permission: Permission, options: Omit<ProcedureMeta, 'permission'> = {}) {
  const declared = { permission, ...options };
  return trpc.procedure.meta(declared).use(async ({ ctx, next, path, type, getRawInput }) => {
    let result: Awaited<ReturnType<typeof next>> | undefined;
    const data = await pass(ctx, toPassing(path, type, declared), getRawInput, async () => {
      result = await next();
      if (!result.ok) throw result.error;
      return result.data;
    });
    return { ...(result as Extract<typeof result, { ok: true }>), data };
  });
}
