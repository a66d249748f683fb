import type { Registry } from '#server/domain/registry.ts';
import { type EventStore, PAGE_EVENTS_MAX } from '#server/event-store/event-store.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { foldEvent } from '#server/kernel/fold.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import type { Unfoldable, VersionEvent } from './stream-questions.ts';

export type Parts = { eventStore: EventStore; registry: Registry };

/** One version: its event, and the state before and after it. */
export type Step = { event: RecordedEvent; before: JsonObject; after: JsonObject };

/** What a walk came to: how far, what it began with, and what stopped it before its end. */
export type Walk = { initial: JsonObject; reached: number; unfoldable: Unfoldable | null };

/**
 * Folds from `after` on, version by version, up to `upTo`; `onStep` returns true to end it. It begins from the state at
 * `after`, which a keyframe makes near, and reads pages, so its memory does not grow with the stream.
 */
export async function walkVersions(
  { eventStore, registry }: Parts,
  range: { streamId: StreamId; after: number; upTo: number },
  onStep: (step: Step, initial: JsonObject) => boolean | undefined,
): Promise<Walk> {
  const { streamId, after, upTo } = range;
  const folder = registry.folderFor(categoryOf(streamId));
  let reached = after;
  let initial = folder.initialState;
  try {
    if (after > 0) initial = (await eventStore.foldStream(streamId, folder, { version: after })).state;
    let state = initial;
    while (reached < upTo) {
      const limit = Math.min(PAGE_EVENTS_MAX, upTo - reached);
      const { events } = await eventStore.readStream(streamId, { after: reached, limit });
      if (events.length === 0) break;
      for (const event of events) {
        const before = state;
        state = foldEvent(folder, before, event);
        reached = event.streamVersion;
        if (onStep({ event, before, after: state }, initial)) return { initial, reached, unfoldable: null };
      }
    }
    return { initial, reached, unfoldable: null };
  } catch (error) {
    if (!isTidemarkError(error, 'fold-failed')) throw error;
    return {
      initial,
      reached,
      unfoldable: { streamVersion: Number(error.details.streamVersion), message: error.message },
    };
  }
}

/** The version that a stream has now; rejects with `stream-not-found` where it has no event. */
export async function lastVersionOf(eventStore: EventStore, streamId: StreamId): Promise<number> {
  const { events } = await eventStore.readStream(streamId, { direction: 'backward', limit: 1 });
  const [last] = events;
  if (last === undefined)
    throw new TidemarkError('stream-not-found', `${streamId} has no event`, { field: 'streamId', streamId });
  return last.streamVersion;
}

/** An event as a line in a list of versions. */
export function toVersionEvent({
  streamVersion,
  globalPosition,
  eventType,
  occurredAt,
  metadata,
}: RecordedEvent): VersionEvent {
  return { streamVersion, globalPosition, eventType, occurredAt, actor: metadata.actor ?? null };
}
