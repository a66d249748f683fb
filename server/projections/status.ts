import type { Position } from '#server/kernel/position.ts';
import type { MarkHolder, ProjectionState, SinkKind } from '#server/kernel/projection.ts';

/** One projection as REST and the console show it. */
export type ProjectionStatus = {
  name: string;
  title: string;
  sink: SinkKind;
  state: ProjectionState;
  version: number;
  checkpoint: Position;
  /** Matching events after the checkpoint up to the mark; exact to 10,000, then the difference of positions. */
  lagEvents: number;
  /** Age of the first event not handled, by the database's clock; 0 where there is none. */
  lagSeconds: number;
  /** Events a second towards it and through it, smoothed with a half-life of 15 s. */
  arrivalRate: number;
  drainRate: number;
  /** Only while catching up. */
  etaSeconds: number | null;
  /** Milliseconds from an event's record to its acknowledgement, smoothed over some ten pages; null without any. */
  updateMs: number | null;
  acknowledges: boolean;
  /** The categories whose events it sees; null for all. */
  categories: string[] | null;
  /** The last error where it is faulted: what, at which position, since when. */
  fault: { message: string; position: Position; since: string; attempts: number } | null;
  updatedAt: string;
  versions: { version: number; state: 'serving' | 'building' | 'retired'; checkpoint: Position }[];
};

export type ProjectionsStatus = {
  projections: ProjectionStatus[];
  highWaterMark: Position;
  head: Position;
  heldBy: MarkHolder | null;
};

/** One point of a projection's lag history, one a second. */
export type LagPoint = { at: string; lagEvents: number; lagSeconds: number; arrivalRate: number; drainRate: number };
