import type { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { toTrpcError } from './errors.ts';
import { type Passing, type ProcedureMeta, pass, toPassing } from './pass.ts';
import { appRouter } from './root.ts';

type Resolver = (options: { ctx: Context; input: unknown; signal: AbortSignal | undefined }) => unknown;

/** What is known of a procedure without calling it. */
export type ProcedureFacts = {
  type: 'query' | 'mutation' | 'subscription';
  meta: ProcedureMeta;
  input: z.ZodType | undefined;
  resolver: Resolver;
  passing: Passing;
};

type Definition = Omit<ProcedureFacts, 'input' | 'passing'> & { inputs: z.ZodType[] };

const declared = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>;

const facts = new Map(
  Object.entries(declared).map(([path, { _def }]): [string, ProcedureFacts] => {
    const { type, meta, inputs, resolver } = _def;
    if (inputs.length > 1) throw new Error(`${path} declares its input ${inputs.length} times`);
    return [path, { type, meta, input: inputs[0], resolver, passing: toPassing(path, type, meta) }];
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
export async function call(path: string, input: unknown, context: Context): Promise<unknown> {
  const found = facts.get(path);
  if (found === undefined) throw toTrpcError(new TidemarkError('not-found', `there is no procedure ${path}`));
  const { passing, input: schema, resolver } = found;
  return pass(context, passing, {
    readInput: () => input,
    work(said) {
      const parsed = schema?.safeParse(said);
      if (parsed?.success === false) throw parsed.error;
      return resolver({ ctx: context, input: parsed?.data, signal: context.signal });
    },
  });
}
