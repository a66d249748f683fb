import type { EventStore } from '#server/event-store/event-store.ts';
import type { Folder } from '#server/kernel/decider.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { foldEvent } from '#server/kernel/fold.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** Every event of a stream, page by page. */
export async function loadStream(store: EventStore, streamId: StreamId): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page = await store.readStream(streamId, { after, limit: 2000 });
    events.push(...page.events);
    after = page.nextAfter;
  }
  return events;
}

/** Folds events to a state; rejects with `fold-failed` that names the version where the reducer throws. */
export function replay(folder: Folder, events: readonly RecordedEvent[]): JsonObject {
  return events.reduce((state, event) => foldEvent(folder, state, event), folder.initialState);
}
