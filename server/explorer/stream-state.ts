import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import type { StreamState } from './explorer.ts';

type Parts = { eventStore: EventStore; registry: Registry };

/** The state at a version, at a time (the last version that had occurred by then), or now. */
export async function streamState(
  { eventStore, registry }: Parts,
  { streamId, version, at }: { streamId: StreamId; version?: number; at?: string },
): Promise<StreamState> {
  const startedAt = performance.now();
  const category = categoryOf(streamId);
  const options = { ...(version !== undefined && { version }), ...(at !== undefined && { at }) };
  const { reducerMs: _, ...folded } = await eventStore.foldStream(streamId, registry.folderFor(category), options);
  const { streamVersion, lastVersion } = folded;
  if (streamVersion === 0 || (version !== undefined && streamVersion < version)) {
    throw noEvent(streamId, lastVersion, version, at);
  }
  const foldMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
  return { streamId, category, ...folded, foldMs };
}

/** The state at two versions; version 0 is the state before the first event. */
export async function statesAt(
  { eventStore, registry }: Parts,
  { streamId, from, to }: { streamId: StreamId; from: number; to: number },
): Promise<{ before: JsonObject; after: JsonObject }> {
  const folder = registry.folderFor(categoryOf(streamId));
  const [before, after] = await Promise.all([
    from === 0 ? undefined : eventStore.foldStream(streamId, folder, { version: from }),
    eventStore.foldStream(streamId, folder, { version: to }),
  ]);
  if (after.streamVersion < to) throw noEvent(streamId, after.lastVersion, to, undefined);
  return { before: before?.state ?? {}, after: after.state };
}

function noEvent(streamId: StreamId, lastVersion: number, version?: number, at?: string): TidemarkError {
  const field = version !== undefined ? 'version' : at !== undefined ? 'at' : 'streamId';
  const by = version !== undefined ? ` at version ${version}` : at !== undefined ? ` by ${at}` : '';
  const message =
    lastVersion === 0
      ? `${streamId} has no event`
      : `${streamId} has no event${by}; its last version is ${lastVersion}`;
  return new TidemarkError('stream-not-found', message, { field, streamId, lastVersion });
}
