import type { Folder } from '#server/kernel/decider.ts';
import type { EventDetail, NewEvent, RecordedEvent } from '#server/kernel/event.ts';
import type { ExpectedVersion } from '#server/kernel/expected-version.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { MarkHolder } from '#server/kernel/projection.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** Events of one append at most: one statement carries them all, and a reader meets them as one page. */
export const APPEND_EVENTS_MAX = 1000;

/** Events of one page at most, of a stream or of the whole store. */
export const PAGE_EVENTS_MAX = 2000;

export type AppendRequest = {
  streamId: StreamId;
  expectedVersion: ExpectedVersion;
  /** 1 to `APPEND_EVENTS_MAX`. All of them are appended or none. */
  events: readonly NewEvent[];
};

export type AppendResult = {
  streamId: StreamId;
  /** Version of the last event of this append. */
  streamVersion: number;
  /** Position of the last event of this append. */
  globalPosition: Position;
  /** Of each event of this append; another writer's may stand between them. */
  positions: readonly Position[];
  /** Events that this call added; 0 for a repetition. */
  appended: number;
  /** True where all these event ids were already there with the same content: the answer is the first one's. */
  duplicate: boolean;
};

export type ReadStreamOptions = {
  /** Exclusive version: forward from 0 (default), backward from the end (default). */
  after?: number;
  /** 1 to `PAGE_EVENTS_MAX` (default 1000). */
  limit?: number;
  direction?: 'forward' | 'backward';
};

export type StreamPage = {
  events: RecordedEvent[];
  /** Pass as `after` for the next page; null where there is none. */
  nextAfter: number | null;
};

export type ReadAllOptions = {
  /** Exclusive position (default "0"). */
  after?: Position;
  /** 1 to `PAGE_EVENTS_MAX` (default 1000). */
  limit?: number;
  /** Only these categories; all where it is missing. */
  categories?: readonly string[];
  /** Only these event types; all where it is missing. */
  eventTypes?: readonly string[];
};

export type AllPage = {
  events: RecordedEvent[];
  /**
   * Pass as `after` for the next page; null where this one reaches the high-water mark. With a filter a page may have
   * fewer events than `limit`, or none, and still have a next: a page reads at most 20,000 positions.
   */
  nextAfter: Position | null;
  /** Every event up to here (with this filter) is in this page or before it: a checkpoint may move to it. */
  upTo: Position;
};

export type FoldOptions = {
  /** At this version at most; the last one where neither this nor `at` is given. */
  version?: number;
  /** ISO 8601: at the last version that had occurred by then. */
  at?: string;
  /** A state that the caller has, by the same folder: the fold begins there unless a snapshot stands well past it. */
  base?: { streamVersion: number; state: JsonObject };
};

export type FoldedStream = {
  state: JsonObject;
  /** Version that the state is of; 0 where no event had happened by then. */
  streamVersion: number;
  /** Version that the stream had when it was read. */
  lastVersion: number;
  /** Version of the snapshot that the fold began from; null where it began at the first event. */
  snapshotVersion: number | null;
  eventsFolded: number;
  /** Milliseconds that the folder took of it; the rest was reading. */
  reducerMs: number;
};

export type HighWaterMark = {
  /** Nothing can still appear at or below this position. */
  position: Position;
  /** The last position handed out, committed or not. */
  head: Position;
  /** Present where `position` is below `head` because of an open append. */
  heldBy?: MarkHolder;
};

export type SubscribeOptions = ReadAllOptions & {
  /**
   * Called with pages in order; the next page waits for it (back-pressure). A page is empty where the filter left
   * nothing of it, and `upTo` then tells how far it came. Where it throws, the subscription ends and `done` rejects.
   */
  onEvents(events: RecordedEvent[], upTo: Position): Promise<void> | void;
  signal?: AbortSignal;
};

export type Subscription = {
  /** Ends it; resolves when the running `onEvents` has returned. */
  stop(): Promise<void>;
  /** Resolves after a stop; rejects where `onEvents` threw. Database failures are retried, not reported. */
  done: Promise<void>;
};

/**
 * The event store's port. The memory and the Postgres adapter pass one contract suite
 * (`testing/event-store-contract.ts`). Every call has a deadline and rejects with `deadline-exceeded` past it.
 */
export type EventStore = {
  /**
   * Appends all events or none. Rejects with `expected-version-conflict` (details: `expectedVersion`,
   * `actualVersion`), `event-id-reused` (details: `eventId`), or `bad-request` naming the field.
   */
  append(request: AppendRequest): Promise<AppendResult>;
  /** Events of one stream by version; an unknown stream has none. */
  readStream(streamId: StreamId, options?: ReadStreamOptions): Promise<StreamPage>;
  /**
   * The state of a stream at a version, at a time, or now, from the nearest snapshot that this folder made. What makes
   * later folds short is kept after the answer, by the folder's policy. Rejects with `fold-failed` that names the version.
   */
  foldStream(streamId: StreamId, folder: Folder, options?: FoldOptions): Promise<FoldedStream>;
  /** Events in global order up to the high-water mark: no skip, no repeat. */
  readAll(options?: ReadAllOptions): Promise<AllPage>;
  /** One event by position, with its original where an upcaster changed it; or undefined. */
  readEvent(position: Position): Promise<EventDetail | undefined>;
  /** An event that was read by a statement of one's own, in the present shape of its type; all reads here give that. */
  upcast(event: RecordedEvent): RecordedEvent;
  /** The past from `after`, then the present, with no seam: woken by appends here, by NOTIFY, and by a poll. */
  subscribe(options: SubscribeOptions): Subscription;
  highWaterMark(): Promise<HighWaterMark>;
  /** Resolves when the wake-up of the appends so far has gone out to other processes. */
  published(): Promise<void>;
  /** Stops subscriptions, waits for calls under way, closes connections. */
  close(): Promise<void>;
};
