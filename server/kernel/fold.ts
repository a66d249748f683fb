import type { Folder } from './decider.ts';
import { TidemarkError } from './errors.ts';
import type { RecordedEvent } from './event.ts';
import type { JsonObject } from './json.ts';
import { isRedacted } from './private-fields.ts';

type Foldable = Pick<RecordedEvent, 'eventType' | 'data' | 'streamId' | 'streamVersion' | 'unreadable'>;

/** One event further, an event that was redacted not; throws `fold-failed` that names the version where the reducer throws. */
export function foldEvent(folder: Folder, state: JsonObject, event: Foldable): JsonObject {
  try {
    if (isRedacted(event.data)) return state;
    if (event.unreadable !== undefined) throw new Error(event.unreadable);
    return folder.evolve(state, event);
  } catch (error) {
    const { streamId, streamVersion, eventType } = event;
    const why = error instanceof Error ? error.message : String(error);
    const message = `version ${streamVersion} (${eventType}) can not be folded: ${why}`;
    throw new TidemarkError('fold-failed', message, { streamId, streamVersion }, error);
  }
}
