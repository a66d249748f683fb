import type { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { type Passing, type ProcedureMeta, toPassing } from './declared.ts';
import { toTrpcError } from './errors.ts';
import { pass } from './pass.ts';
import { appRouter } from './root.ts';

type Resolver = (options: { ctx: Context; input: unknown; signal: AbortSignal | undefined }) => unknown;

/** What is known of a procedure without calling it. */
export type ProcedureFacts = {
  type: 'query' | 'mutation' | 'subscription';
  meta: ProcedureMeta;
  input: z.ZodType | undefined;
  passing: Passing;
  /** Parses what was said and answers it. */
  work(said: unknown, ctx: Context): unknown;
};

type Definition = Pick<ProcedureFacts, 'type' | 'meta'> & { inputs: z.ZodType[]; resolver: Resolver };

const declared = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>;

const facts = new Map(
  Object.entries(declared).map(([path, { _def }]): [string, ProcedureFacts] => {
    const { type, meta, inputs, resolver } = _def;
    // What tRPC keeps of a procedure is not in its types: another version that keeps it otherwise must not start.
    if (inputs.length > 1 || typeof resolver !== 'function') throw new Error(`${path} is no procedure as known here`);
    const [input] = inputs;
    const work = (said: unknown, ctx: Context) => {
      const parsed = input?.safeParse(said);
      if (parsed?.success === false) throw parsed.error;
      return resolver({ ctx, input: parsed?.data, signal: ctx.signal });
    };
    return [path, { type, meta, input, passing: toPassing(path, type, meta), work }];
  }),
);

/** The procedure of a path such as `events.get`, undefined where there is none. */
export function factsOf(path: string): ProcedureFacts | undefined {
  return facts.get(path);
}

/**
 * Calls one procedure in process. Rejects with tRPC's error, whose cause is ours. tRPC's own way to the same end copies
 * the call for each middleware and the context with it: a fifth of a small answer's processor time.
 */
export function call(path: string, input: unknown, context: Context): Promise<unknown> {
  const found = facts.get(path);
  if (found === undefined) {
    return Promise.reject(toTrpcError(new TidemarkError('not-found', `there is no procedure ${path}`)));
  }
  return pass(context, found.passing, () => input, found.work);
}
