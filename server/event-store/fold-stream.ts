import type { Folder } from '#server/kernel/decider.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { foldEvent } from '#server/kernel/fold.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { type FoldedStream, type FoldOptions, PAGE_EVENTS_MAX, type StreamPage } from './event-store.ts';

/** A state at a version, as the JSON text that is kept. */
export type Keyframe = { streamVersion: number; state: string };

/** Where a fold begins, with the events that follow, read at one moment. */
export type StreamTail = {
  snapshot: { streamVersion: number; state: JsonObject } | undefined;
  /** The first page of what follows the snapshot. */
  events: RecordedEvent[];
  /** Version to fold to; 0 where there is none by then. */
  until: number;
  lastVersion: number;
};

/** What an adapter gives for folding. */
export type FoldSource = {
  readTail(streamId: StreamId, folder: Folder, options: FoldOptions): Promise<StreamTail>;
  readPage(streamId: StreamId, after: number, limit: number): Promise<StreamPage>;
  /** Keeps states after the answer; a failure costs later folds time, nothing else. */
  keep(streamId: StreamId, folder: Folder, keyframes: readonly Keyframe[]): void;
  /** Where states are kept behind the answer: folds of more than a page of one stream go one after the other. */
  longFolds?: {
    other(streamId: StreamId): Promise<void> | undefined;
    /** How many have ended, of whatever stream. */
    ended(): number;
    begin(streamId: StreamId): () => void;
  };
};

const EVERY_EVENTS = 128;
const LOAD_MS = 20;

/** Of fewer events no snapshot is worth a row, however long the database took. */
const EVENTS_MIN = 32;

/** Keyframes take at most so much of the disk for each event: large states stand further apart. */
const BYTES_AN_EVENT_MAX = 64;

/** Folds from the nearest snapshot, and keeps states on the way so that any version of a long stream is near one. */
export async function foldStream(
  source: FoldSource,
  streamId: StreamId,
  folder: Folder,
  options: FoldOptions = {},
): Promise<FoldedStream> {
  const startedAt = performance.now();
  const { longFolds } = source;
  let ended = longFolds?.ended();
  let tail = await source.readTail(streamId, folder, options);
  const begin = () => tail.snapshot ?? options.base;
  const isLong = () => tail.until - (begin()?.streamVersion ?? 0) > PAGE_EVENTS_MAX;
  // A page asks for a dozen states of its stream at once. Of one that has none kept yet each would fold all of it.
  // One that ended while the tail was read left states that this tail does not know.
  for (let other = longFolds?.other(streamId); isLong() && (other || ended !== longFolds?.ended()); ) {
    await other;
    ended = longFolds?.ended();
    tail = await source.readTail(streamId, folder, options);
    other = longFolds?.other(streamId);
  }
  const end = isLong() ? longFolds?.begin(streamId) : undefined;
  try {
    return await foldTail({ source, streamId, folder }, { tail, begin: begin(), startedAt });
  } finally {
    end?.();
  }
}

type Folding = { source: FoldSource; streamId: StreamId; folder: Folder };

async function foldTail(
  { source, streamId, folder }: Folding,
  { tail, begin, startedAt }: { tail: StreamTail; begin: FoldOptions['base']; startedAt: number },
): Promise<FoldedStream> {
  const { everyEvents = EVERY_EVENTS, loadMs = LOAD_MS } = folder.snapshots ?? {};
  const from = begin?.streamVersion ?? 0;
  const keyframes = collectKeyframes(from, everyEvents);
  let state = begin?.state ?? folder.initialState;
  let version = from;
  let page = tail.events;
  let reducerMs = 0;
  while (page.length > 0) {
    const pageAt = performance.now();
    for (const event of page) {
      state = foldEvent(folder, state, event);
      version = event.streamVersion;
      keyframes.offer(version, state);
    }
    reducerMs += performance.now() - pageAt;
    const left = tail.until - version;
    page = left > 0 ? (await source.readPage(streamId, version, Math.min(left, PAGE_EVENTS_MAX))).events : [];
  }
  if (performance.now() - startedAt > loadMs) keyframes.offer(version, state, EVENTS_MIN);
  if (keyframes.kept.length > 0) source.keep(streamId, folder, keyframes.kept);
  const eventsFolded = version - from;
  const snapshotVersion = tail.snapshot?.streamVersion ?? null;
  return { state, streamVersion: version, lastVersion: tail.lastVersion, snapshotVersion, eventsFolded, reducerMs };
}

/** A snapshot must lie so far past a state that the caller has: fewer events cost less than reading a state. */
export const SNAPSHOT_PAST_BASE_MIN = EVERY_EVENTS;

/** Takes a state where enough events lie behind the last one, for their number and for its size. */
function collectKeyframes(from: number, everyEvents: number) {
  const kept: Keyframe[] = [];
  let last = from;
  let tooLargeUntil = from;
  return {
    kept,
    offer(version: number, state: JsonObject, apartMin = everyEvents): void {
      if (version - last < apartMin || version < tooLargeUntil) return;
      const text = JSON.stringify(state);
      tooLargeUntil = last + Math.ceil(text.length / BYTES_AN_EVENT_MAX);
      if (version < tooLargeUntil) return;
      kept.push({ streamVersion: version, state: text });
      last = version;
    },
  };
}
