import { type Caller, mayDo } from './caller.ts';

/**
 * Categories that only Tidemark writes: who signed in from where, who did what and why. An event in them that somebody
 * sent would be a forged record, and they are read with the permission `audit.read` alone.
 */
export const SYSTEM_CATEGORIES: ReadonlySet<string> = new Set(['audit', 'operator', 'address', 'approval', 'privacy']);

/** Whether events of a category, and what is made of them, may be shown to a caller. */
export function maySee(caller: Caller, category: string): boolean {
  return !SYSTEM_CATEGORIES.has(category) || mayDo(caller, 'audit.read');
}
