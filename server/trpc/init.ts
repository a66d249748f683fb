import { initTRPC } from '@trpc/server';
import { type Permission, requirePermission } from '#server/kernel/caller.ts';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { formatError, toTrpcError } from './errors.ts';
import { checkGuard, recorded } from './guarded.ts';
import { checkConditions, presented } from './presented.ts';
import { checkAsked } from './visible.ts';
import { whileAllowed } from './watch-caller.ts';

/** What a procedure declares of itself. */
export type ProcedureMeta = {
  permission: Permission;
  /** What a call takes from its caller's limit; by its kind where it says nothing. */
  cost?: number;
  /** Which calls stand in the audit; where nothing is said, those of every mutation. */
  audit?: 'always' | 'operators' | 'never';
  /** The answer is not masked: somebody asked to see it with a reason that is recorded, or decides on exactly what it says. */
  reveals?: true;
};

const trpc = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => formatError(shape, error, ctx?.requestId),
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
  });

export const router = trpc.router;

/**
 * Begins a procedure that needs `permission`. There is no other way to begin one, so that each declares what it needs:
 * who has not got it is refused before the input is read. Errors of the kernel become tRPC's here, in the one place that
 * every procedure passes. All of it is one middleware that adds nothing to the context, because tRPC copies the whole call
 * for each, and the context for what is added: five were a third of a small answer's processor time.
 */
export function procedure(permission: Permission, options: Omit<ProcedureMeta, 'permission'> = {}) {
  return trpc.procedure.meta({ permission, ...options }).use(async ({ ctx, next, path, type, getRawInput }) => {
    try {
      requirePermission(ctx.caller, permission);
      const input = await getRawInput();
      checkInput(input);
      checkAsked(ctx.caller, input);
      await checkConditions(ctx, input);
      const call = { path, kind: type, permission, audit: options.audit, input };
      const approvedBy = await checkGuard(ctx, call);
      const result = await recorded(ctx, call, approvedBy, () => next());
      if (!result.ok) throw result.error;
      const shown: typeof result = { ...result, data: await presented(ctx, result.data, options.reveals) };
      if (type !== 'subscription') return shown;
      return { ...shown, data: whileAllowed(shown.data as AsyncIterable<unknown>, ctx, permission) };
    } catch (error) {
      throw toTrpcError(error);
    }
  });
}

/** Refuses values that JSON or Postgres would change without a word, wherever they stand in the input. */
function checkInput(input: unknown): void {
  try {
    checkJson(input, 'input');
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    const field = String(error.details.field).replace(/^input\.?/, '') || 'body';
    throw new TidemarkError(error.code, error.message.replace(/^input\.?/, ''), { field });
  }
}
