import type { Permission } from '#server/kernel/caller.ts';
import { GUARDED_ACTS } from '#server/kernel/guarded-acts.ts';

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

const GUARDED: ReadonlySet<string> = new Set(GUARDED_ACTS);

/** A procedure as every call of it passes, made once. */
export type Passing = {
  path: string;
  kind: 'query' | 'mutation' | 'subscription';
  permission: Permission;
  reveals: boolean;
  /** Asks for more than the permission. */
  guarded: boolean;
  audit: 'always' | 'operators' | 'never';
};

export function toPassing(path: string, kind: Passing['kind'], declared: ProcedureMeta): Passing {
  const { permission, reveals = false, audit = kind === 'mutation' ? 'always' : 'never' } = declared;
  return { path, kind, permission, reveals, guarded: GUARDED.has(path), audit };
}
