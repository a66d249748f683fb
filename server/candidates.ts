import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NamedDecider } from './compare/versions.ts';
import { SettingError } from './env.ts';
import type { Projection } from './projections/define-projection.ts';

/** Code that runs beside what is shipped, to be compared with it: newer versions of projections, other deciders. */
export type Candidates = { projections: readonly Projection[]; deciders: readonly Omit<NamedDecider, 'category'>[] };

/** Of nothing but what is shipped. */
export const NO_CANDIDATES: Candidates = { projections: [], deciders: [] };

/**
 * Loads the module that `TIDEMARK_CANDIDATES` names, which exports `projections`, `deciders` or both. Its projections
 * are built beside the serving versions like any newer code; nothing is promoted by itself.
 */
export async function loadCandidates(path: string | undefined): Promise<Candidates> {
  if (path === undefined) return NO_CANDIDATES;
  const found = (await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingError(`TIDEMARK_CANDIDATES=${path} can't be used: ${why}`);
  })) as Partial<Candidates>;
  return { projections: found.projections ?? [], deciders: found.deciders ?? [] };
}
