import type { Json } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** The event of a version, without what it says. */
export type VersionEvent = {
  streamVersion: number;
  globalPosition: Position;
  eventType: string;
  occurredAt: string;
  actor: string | null;
};

/** A version that can't be folded, and why: nothing is known of it and of those after it. */
export type Unfoldable = { streamVersion: number; message: string };

export type BisectQuery = {
  streamId: StreamId;
  /** A condition over the state, as `expression-parser.ts` reads it. */
  where: string;
  /** Looks at versions above this one; 0 is the state before the first event. */
  after?: number;
};

/** A field that no version has, and the one of the last version that is spelt most like it, where there is one. */
export type UnseenField = { path: string; near: string | null };

/**
 * One bounded part of a search, version by version, so that a condition which comes and goes is not passed over. Who
 * asks again with `nextAfter` goes on from there; `scannedTo` of `lastVersion` is the progress.
 */
export type Bisection = {
  /** The first version above `after` at which the condition holds and at the one before did not. */
  found: VersionEvent | null;
  /** Whether it holds at `scannedTo`. */
  holds: boolean;
  scannedTo: number;
  lastVersion: number;
  /** Null where it is found, or where nothing is left to look at. */
  nextAfter: number | null;
  /** Fields of the condition that no version of this part has. */
  unseen: UnseenField[];
  unfoldable: Unfoldable | null;
};

export type FieldChangesQuery = {
  streamId: StreamId;
  /** As people write it: `lines[0].quantity`. */
  path: string;
  /** Looks at this version and those before it. */
  upTo?: number;
};

/** A version at which a field changed. Undefined stands for "not there", and is left out in JSON. */
export type FieldChange = VersionEvent & { before?: Json; after?: Json };

/** Changes of one field, newest first, of one bounded stretch of versions. */
export type FieldChanges = {
  /** The field, as it was asked for: by it the values are masked where it is private. */
  path: string;
  changes: FieldChange[];
  /** Versions from here up to `upTo` were looked at. */
  scannedFrom: number;
  lastVersion: number;
  /** Pass as `upTo` for the stretch before; null where it reached the first version. */
  nextUpTo: number | null;
  unfoldable: Unfoldable | null;
};

/** One field over the versions; `values[i]` is at `versions[i]`, null where it is not there. */
export type FieldSeries = { path: string; kind: 'number' | 'state'; values: (number | string | boolean | null)[] };

export type FieldsOverTime = {
  versions: number[];
  /** When each of them occurred. */
  at: string[];
  series: FieldSeries[];
  lastVersion: number;
  /** Fields that are not shown, because there are more than are drawn. */
  leftOut: number;
  unfoldable: Unfoldable | null;
};

/** What the stream's page asks beside the state. */
export type StreamQuestions = {
  /** Rejects with `bad-request` where the condition can't be read, `stream-not-found` where the stream has no event. */
  bisect(query: BisectQuery): Promise<Bisection>;
  fieldChanges(query: FieldChangesQuery): Promise<FieldChanges>;
  fieldsOverTime(query: { streamId: StreamId }): Promise<FieldsOverTime>;
};
