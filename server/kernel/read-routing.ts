import type { Position } from './position.ts';

/** Where one read of a read model goes while its readers are split between two versions. */
export type ReadRoute = {
  side: 'a' | 'b';
  /** Schema whose tables are read; null for what everybody reads. */
  schema: string | null;
  /** Where that version stands, read before its rows. */
  position(): Promise<Position>;
  /** What the read took, and whether it failed. */
  settle(ms: number, failed: boolean): void;
};

/** Decides which version answers a reader: the same one for as long as the split is as it is. */
export type ReadRouting = { route(name: string, reader: string): ReadRoute | null };
