import { initTRPC } from '@trpc/server';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { formatError, toTrpcError } from './errors.ts';

const trpc = initTRPC.context<Context>().create({
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
export const procedure = trpc.procedure.use(withErrors).use(withCheckedInput);
export const createCallerFactory = trpc.createCallerFactory;
