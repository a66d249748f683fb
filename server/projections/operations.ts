import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Estimate, WorkerStatus } from './status.ts';

/** The acts on a projection. Each is an event of the stream `projection-<name>`, written with what it does. */
export type ActName =
  | 'pause'
  | 'resume'
  | 'throttle'
  | 'rebuild'
  | 'cancel'
  | 'rewind'
  | 'promote'
  | 'rollback'
  | 'drop';

/** What every act takes. `version`: the serving one where it is missing, for `cancel`, `promote` the one being built. */
export type ActRequest = {
  name: string;
  actor: string;
  /** Why; 3 to 500 characters. */
  reason: string;
  version?: number | undefined;
  /** The experiment by whose verdict readers are switched; the event says it. */
  experiment?: string | undefined;
};

/** What an act did: the version it was done to, and the event that tells of it. */
export type ActResult = {
  name: string;
  act: ActName;
  version: number;
  globalPosition: Position;
  streamVersion: number;
};

/** What an act would do, before it is done. */
export type BlastRadius = {
  name: string;
  act: ActName;
  version: number;
  /** Events that would be read, and about how long that takes by the rate measured; null where nothing is read. */
  eventsToRead: number;
  time: Estimate | null;
  /** Whether readers see the version. */
  serving: boolean;
  /** What the last minute had of those who feel an act on the serving version: reads, and commands whose receipt waits for it. */
  lastMinute: { reads: number; commands: number };
  /** Rows that would be written, or that readers would see changed. */
  rows: number;
  /** False where they are more than is counted at once, or a share: then it is about so many. */
  rowsCounted: boolean;
  /** Bytes on disk that come or go. */
  bytes: number;
  /** What would be done outside the read model, in words; empty for nothing. */
  effects: string[];
  /** What can't be undone, in words; empty where all can. */
  irreversible: string[];
  /** Why the act would be refused now; null where it would be done. */
  refused: string | null;
};

export type ParkedState = 'failed' | 'waiting' | 'skipped';

/** An event that a projection could not handle, or that waits behind one of its stream. */
export type ParkedEvent = {
  projection: string;
  version: number;
  globalPosition: Position;
  streamId: string;
  streamVersion: number;
  eventType: string;
  state: ParkedState;
  fingerprint: string;
  message: string;
  attempts: number;
  parkedAt: string;
  lastFailedAt: string | null;
  nextRetryAt: string | null;
  /** Later events of its stream that wait for it. */
  waiting: number;
  skipped: { actor: string; reason: string; at: string } | null;
};

/** One parked event with its stack and what it says. */
export type ParkedDetail = ParkedEvent & { stack: string; event: RecordedEvent | null; waitingPositions: Position[] };

/** Failures that look alike: same error, same place, same message but for its values. */
export type ParkedGroup = {
  fingerprint: string;
  projection: string;
  version: number;
  message: string;
  events: number;
  streams: number;
  /** Later events of these streams that wait. */
  waiting: number;
  eventTypes: string[];
  firstAt: string;
  lastAt: string;
  attemptsMax: number;
  nextRetryAt: string | null;
};

/** Which parked events: by position, by group, or all of a projection, at most `limit` of them, oldest first. */
export type ParkedChoice = {
  projection: string;
  version?: number | undefined;
  positions?: readonly Position[] | undefined;
  fingerprint?: string | undefined;
  limit?: number | undefined;
};

/** What an operator does to projections, and what the console asks before it. `server/runtime.ts` puts it together. */
export type Operations = {
  pause(request: ActRequest): Promise<ActResult>;
  resume(request: ActRequest): Promise<ActResult>;
  /** Events a second at most; null for as fast as it goes. */
  throttle(request: ActRequest & { eventsPerSecondMax: number | null }): Promise<ActResult>;
  rebuild(request: ActRequest & { eventsPerSecondMax?: number | undefined }): Promise<ActResult>;
  cancel(request: ActRequest): Promise<ActResult>;
  rewind(request: ActRequest & { to: Position }): Promise<ActResult>;
  promote(request: ActRequest): Promise<ActResult>;
  rollback(request: ActRequest): Promise<ActResult>;
  drop(request: ActRequest & { version: number }): Promise<ActResult>;
  blastRadius(request: {
    name: string;
    act: ActName;
    version?: number | undefined;
    to?: Position | undefined;
    /** The bound that a rebuild shall have. */
    eventsPerSecondMax?: number | undefined;
  }): Promise<BlastRadius>;
  workers(): Promise<WorkerStatus[]>;

  parkedGroups(query: { projection?: string | undefined }): Promise<{ groups: ParkedGroup[]; total: number }>;
  parkedEvents(query: {
    projection?: string | undefined;
    fingerprint?: string | undefined;
    /** Without it: failed ones; with a position, ones of any state. */
    state?: ParkedState | undefined;
    /** Those of one event, in whatever projections and versions they are. */
    position?: Position | undefined;
    after?: Position | undefined;
    limit?: number | undefined;
  }): Promise<{ events: ParkedEvent[]; nextAfter: Position | null }>;
  parkedEvent(query: { projection: string; version?: number | undefined; position: Position }): Promise<ParkedDetail>;
  /** Asks the worker to try again now; it does so in bounded batches, each stream in its order. */
  retryParked(
    request: ParkedChoice & { actor: string; reason: string },
  ): Promise<{ requested: number; globalPosition: Position | null }>;
  /** Passes over events for good, by name and with a reason; the later ones of their streams go on. */
  skipParked(
    request: ParkedChoice & { actor: string; reason: string },
  ): Promise<{ skipped: number; globalPosition: Position | null }>;
};
