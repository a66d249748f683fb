import type { Registry } from '#server/domain/registry.ts';
import type { EventStore, FoldedStream } from '#server/event-store/event-store.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import type { Known } from './decide-all.ts';

/** States that this process has, as hints: the version in the append, or a reading, says whether one still holds. */
export type KnownStates = {
  get(streamId: StreamId): Known | undefined;
  /** Keeps a state unless a newer one is kept. */
  keep(streamId: StreamId, known: Known): void;
  forget(streamId: StreamId): void;
  /** The state as it is in the store at some moment after the call. All who ask while one reads share the next reading. */
  read(streamId: StreamId): Promise<FoldedStream>;
};

/** Streams whose state is kept: those that commands came to last. */
const STREAMS_MAX = 512;

const AGE_MS_MAX = 60_000;

/** As a category's own policy has it where it says nothing. */
const KEYFRAME_EVENTS = 128;

type Readings = { current: Promise<FoldedStream>; next?: Promise<FoldedStream> };

export function createKnownStates(store: EventStore, registry: Registry): KnownStates {
  const states = new Map<StreamId, Known & { readAtMs: number }>();
  const readings = new Map<StreamId, Readings>();

  /** A state goes on from the one before it for a minute at most: another process may have redacted one of its events. */
  function fresh(streamId: StreamId): (Known & { readAtMs: number }) | undefined {
    const kept = states.get(streamId);
    if (kept === undefined || performance.now() - kept.readAtMs < AGE_MS_MAX) return kept;
    states.delete(streamId);
    return undefined;
  }

  function keep(streamId: StreamId, { streamVersion, state }: Known): void {
    const kept = fresh(streamId);
    if (kept !== undefined && kept.streamVersion > streamVersion) return;
    if (kept !== undefined) leaveKeyframes(streamId, kept.streamVersion, streamVersion);
    states.delete(streamId);
    states.set(streamId, { streamVersion, state, readAtMs: kept?.readAtMs ?? performance.now() });
    if (states.size <= STREAMS_MAX) return;
    const [oldest] = states.keys();
    if (oldest !== undefined) states.delete(oldest);
  }

  /** No fold from a kept state is long enough to leave keyframes, so now and then one is made from the last of them. */
  function leaveKeyframes(streamId: StreamId, from: number, to: number): void {
    const folder = registry.folderFor(categoryOf(streamId));
    const every = folder.snapshots?.everyEvents ?? KEYFRAME_EVENTS;
    if (Math.floor(from / every) === Math.floor(to / every)) return;
    store.foldStream(streamId, folder).catch(() => {
      // Without keyframes a later fold is longer; nobody waits for this one.
    });
  }

  async function readNow(streamId: StreamId): Promise<FoldedStream> {
    const folder = registry.folderFor(categoryOf(streamId));
    const base = fresh(streamId);
    const folded = await store.foldStream(streamId, folder, base && { base });
    keep(streamId, folded);
    return folded;
  }

  function begin(streamId: StreamId): Promise<FoldedStream> {
    const current = readNow(streamId);
    const reading: Readings = { current };
    readings.set(streamId, reading);
    const end = () => {
      if (reading.next === undefined) readings.delete(streamId);
    };
    current.then(end, end);
    return current;
  }

  return {
    get: fresh,
    keep,
    forget: (streamId) => states.delete(streamId),
    read(streamId) {
      const reading = readings.get(streamId);
      if (reading === undefined) return begin(streamId);
      const after = () => begin(streamId);
      reading.next ??= reading.current.then(after, after);
      return reading.next;
    },
  };
}
