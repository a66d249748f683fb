import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
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
  const folder = registry.folderFor(categoryOf(streamId));
  const until = at === undefined ? undefined : Date.parse(at);
  let state = folder.initialState;
  let folded = 0;
  let pending: { state: JsonObject; folded: number } | undefined;
  let lastVersion = 0;
  for await (const event of eventsOf(eventStore, streamId)) {
    lastVersion = event.streamVersion;
    if (version !== undefined && lastVersion > version) break;
    pending = { state: foldOne(folder.evolve, pending?.state ?? state, event), folded: lastVersion };
    if (until !== undefined && Date.parse(event.occurredAt) > until) continue;
    state = pending.state;
    folded = lastVersion;
  }
  if (version !== undefined) lastVersion = await lastVersionOf(eventStore, streamId);
  if (folded === 0 || (version !== undefined && folded < version)) throw noEvent(streamId, lastVersion, version, at);
  return {
    streamId,
    category: categoryOf(streamId),
    streamVersion: folded,
    state,
    snapshotVersion: null,
    eventsFolded: folded,
    lastVersion,
    foldMs: Math.round((performance.now() - startedAt) * 1000) / 1000,
  };
}

/** The state at two versions in one pass; version 0 is the state before the first event. */
export async function statesAt(
  { eventStore, registry }: Parts,
  { streamId, from, to }: { streamId: StreamId; from: number; to: number },
): Promise<{ before: JsonObject; after: JsonObject }> {
  const folder = registry.folderFor(categoryOf(streamId));
  let state = folder.initialState;
  let before: JsonObject | undefined = from === 0 ? {} : undefined;
  let version = 0;
  for await (const event of eventsOf(eventStore, streamId)) {
    if (event.streamVersion > to) break;
    version = event.streamVersion;
    state = foldOne(folder.evolve, state, event);
    if (version === from) before = state;
  }
  if (before === undefined || version < to) throw noEvent(streamId, version, to, undefined);
  return { before, after: state };
}

async function* eventsOf(eventStore: EventStore, streamId: StreamId): AsyncGenerator<RecordedEvent> {
  let after: number | null = 0;
  while (after !== null) {
    const page = await eventStore.readStream(streamId, { after, limit: 2000 });
    yield* page.events;
    after = page.nextAfter;
  }
}

async function lastVersionOf(eventStore: EventStore, streamId: StreamId): Promise<number> {
  const { events } = await eventStore.readStream(streamId, { limit: 1, direction: 'backward' });
  return events[0]?.streamVersion ?? 0;
}

function foldOne(
  evolve: (state: JsonObject, event: RecordedEvent) => JsonObject,
  state: JsonObject,
  event: RecordedEvent,
): JsonObject {
  try {
    return evolve(state, event);
  } catch (error) {
    const { streamId, streamVersion, eventType } = event;
    const why = error instanceof Error ? error.message : String(error);
    const message = `version ${streamVersion} (${eventType}) can not be folded: ${why}`;
    throw new TidemarkError('fold-failed', message, { streamId, streamVersion }, error);
  }
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
