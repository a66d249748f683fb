import { factsOf } from './call.ts';

const COST_BY_KIND = { query: 1, mutation: 2, subscription: 5 };

/** What a call of a procedure takes from its caller's limit; 1 for one that does not exist. */
export function costOf(path: string): number {
  const found = factsOf(path);
  return found === undefined ? 1 : (found.meta?.cost ?? COST_BY_KIND[found.type]);
}
