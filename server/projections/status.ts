import type { Position } from '#server/kernel/position.ts';
import type { FailurePolicy, MarkHolder, ProjectionState, SinkKind, VersionState } from '#server/kernel/projection.ts';

/** Who did something, when and why. */
export type By = { actor: string; reason: string; at: string };

/** A duration in seconds with the interval in which it lies by the rates measured. */
export type Estimate = { low: number; seconds: number; high: number };

/** How far a version that is built has come. */
export type BuildProgress = {
  /** Events applied, and those that there are to apply up to where it ends or the mark is. */
  eventsDone: number;
  eventsTotal: number;
  /** A second, smoothed over 15 s. */
  eventsPerSecond: number;
  /** Null until a rate is known, or while nothing moves. */
  timeLeft: Estimate | null;
};

export type ProjectionVersion = {
  version: number;
  /** Of the code that fills it. */
  codeVersion: number;
  state: VersionState;
  /** What it is doing. */
  run: ProjectionState;
  checkpoint: Position;
  lagEvents: number;
  /** Age of the first event that it has not handled; of one that is built, often as old as the store. */
  lagSeconds: number;
  eventsHandled: number;
  /** Open parked events, waiting ones included. */
  parked: number;
  progress: BuildProgress | null;
  /** Null: as fast as it goes. */
  eventsPerSecondMax: number | null;
  paused: By | null;
  /** Who began it. */
  begun: By;
  /** Whether it is whole: one that is built stays in state `building` until readers are switched to it. */
  built: boolean;
  /** Whether readers can be switched to it, and if not, why. */
  promotable: boolean;
  whyNot: string | null;
  /** The worker that runs it: null where none does. */
  worker: WorkerOfVersion | null;
  /** Raised by each takeover; a write with an older one is refused. */
  epoch: number;
  /** Writes of workers that had lost their lease, since the version was made. */
  refusedWrites: number;
};

/** Why events wait for a projection. */
export type LagCause = 'slow_handler' | 'poison_event' | 'held_mark' | 'lease_lost' | 'no_worker' | 'paused';

/** Whether it comes nearer to the mark. */
export type LagTrend = 'falling' | 'steady' | 'growing';

/** What there is to say about a lag beside its figures. */
export type LagReading = {
  /** How many seconds it may be behind. */
  objectiveSeconds: number;
  /** Only while catching up. */
  eta: Estimate | null;
  trend: LagTrend;
  cause: LagCause | null;
  /** The cause in words; null where there is none. */
  message: string | null;
};

export type WorkerOfVersion = { processId: number; host: string; leasedSeconds: number };

/** One projection as REST and the console show it. What is not said of a version is of the serving one. */
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
  lag: LagReading;
  /** Milliseconds from an event's record to its acknowledgement, smoothed over some ten pages; null without any. */
  updateMs: number | null;
  acknowledges: boolean;
  /** The categories whose events it sees; null for all. */
  categories: string[] | null;
  onFailure: FailurePolicy;
  /** Open parked events of the serving version. */
  parked: number;
  /** The last error where it is faulted: what, at which position, since when. */
  fault: { message: string; position: Position; since: string; attempts: number } | null;
  /** To which version a rollback goes; null where there is none. */
  previousVersion: number | null;
  updatedAt: string;
  versions: ProjectionVersion[];
};

export type WorkerStatus = {
  processId: number;
  host: string;
  startedAt: string;
  /** Since it was last heard of. */
  silentSeconds: number;
  /** The versions that it holds, as `orders v2`. */
  runs: string[];
};

export type ProjectionsStatus = {
  projections: ProjectionStatus[];
  highWaterMark: Position;
  head: Position;
  heldBy: MarkHolder | null;
};

/** One point of a projection's lag history, a second or longer: then its worst lag and its mean rates. */
export type LagPoint = { at: string; lagEvents: number; lagSeconds: number; arrivalRate: number; drainRate: number };
