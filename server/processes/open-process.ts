import { v5 as uuidv5 } from 'uuid';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { DecidedEvent } from '#server/kernel/decider.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { checkReadable, type RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ProcessInput, ProcessManager } from '#server/kernel/process.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** Namespace of all ids that processes make (RFC 9562, version 5). */
const NAMESPACE = '0d9c1a57-6e0b-5d0e-9a53-5f1c8b1a7f10';

/** Writers of one process at once are two at most: a takeover, and a timer beside a page. */
const CONFLICTS_MAX = 20;

/** The id of a step's command, from the process and the step alone: sent twice, it takes effect once. */
export function commandIdOf(processStreamId: string, step: string): string {
  return uuidv5(`${processStreamId} ${step}`, NAMESPACE);
}

/** One process, folded, with what it takes to go on. */
export type OpenProcess = {
  streamId: StreamId;
  state(): JsonObject;
  /** Of its first event; undefined for an unknown process. */
  correlationId(): string | undefined;
  /** Of its newest event. */
  lastEventId(): string | undefined;
  /** Adds what the process makes of an input; `cause` names the input, so that the same one twice adds nothing. */
  learn(input: ProcessInput, cause: string): Promise<void>;
};

/** Loads a process from its stream. */
export async function openProcess(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  store: EventStore,
  streamId: StreamId,
): Promise<OpenProcess> {
  let state = manager.decider.initialState;
  let version = 0;
  let first: RecordedEvent | undefined;
  let lastEventId: string | undefined;

  const take = (events: readonly RecordedEvent[]) => {
    for (const event of events) {
      checkReadable(event);
      state = manager.decider.evolve(state, event);
      version = event.streamVersion;
      first ??= event;
      lastEventId = event.eventId;
    }
  };
  const load = async () => {
    for (let next: number | null = version; next !== null; ) {
      const page = await store.readStream(streamId, { after: next });
      take(page.events);
      next = page.nextAfter;
    }
  };
  await load();

  return {
    streamId,
    state: () => state,
    correlationId: () => first?.metadata.correlationId,
    lastEventId: () => lastEventId,
    async learn(input, cause) {
      for (let conflicts = 0; ; conflicts += 1) {
        const learned = manager.learn(input, state);
        if (learned.length === 0) return;
        const metadata = {
          ...(first?.metadata.correlationId && { correlationId: first.metadata.correlationId }),
          causationId: cause,
          actor: manager.name,
        };
        const events = learned.map((event, index) => ({
          ...event,
          eventId: uuidv5(`${streamId} ${cause} ${index}`, NAMESPACE),
          metadata,
        }));
        try {
          await store.append({ streamId, expectedVersion: version, events });
        } catch (error) {
          // Either another hand was faster with something else, or with this very input: its events stand already.
          const behind =
            isTidemarkError(error, 'expected-version-conflict') || isTidemarkError(error, 'event-id-reused');
          if (!behind || conflicts >= CONFLICTS_MAX) throw error;
        }
        // Read anew in either case: the store's own form of the events is what every other reader folds.
        await load();
      }
    },
  };
}
