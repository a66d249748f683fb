import { appRouter } from './root.ts';

const COST_BY_KIND = { query: 1, mutation: 2, subscription: 5 };

/** What a call of a procedure takes from its caller's limit; 1 for one that does not exist. */
export function costOf(path: string): number {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: keyof typeof COST_BY_KIND; meta?: { cost?: number } } }
  >;
  const found = Object.hasOwn(procedures, path) ? procedures[path]?._def : undefined;
  return found === undefined ? 1 : (found.meta?.cost ?? COST_BY_KIND[found.type]);
}
