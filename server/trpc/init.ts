import { initTRPC } from '@trpc/server';
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

export const router = trpc.router;
export const procedure = trpc.procedure.use(withErrors);
export const createCallerFactory = trpc.createCallerFactory;
