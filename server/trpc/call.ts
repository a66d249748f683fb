import { callTRPCProcedure } from '@trpc/server';
import type { Context } from './context.ts';
import type { ProcedureMeta } from './init.ts';
import { appRouter } from './root.ts';

/** What is known of a procedure without calling it. */
export type ProcedureFacts = {
  type: 'query' | 'mutation' | 'subscription';
  meta?: ProcedureMeta;
  inputs: unknown[];
};

const procedures = appRouter._def.procedures as unknown as Record<string, { _def: ProcedureFacts }>;

/** The procedure of a path such as `events.get`, undefined where there is none. */
export function factsOf(path: string): ProcedureFacts | undefined {
  return Object.hasOwn(procedures, path) ? procedures[path]?._def : undefined;
}

/** Calls one procedure in process. Rejects with tRPC's error, whose cause is ours. */
export async function call(path: string, input: unknown, context: Context): Promise<unknown> {
  return callTRPCProcedure({
    router: appRouter,
    path,
    type: factsOf(path)?.type ?? 'query',
    getRawInput: async () => input,
    ctx: context,
    signal: context.signal,
    batchIndex: 0,
  });
}
