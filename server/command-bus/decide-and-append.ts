import type { Registry } from '#server/domain/registry.ts';
import type { AppendResult, EventStore } from '#server/event-store/event-store.ts';
import { type DecidableCommand, type DecidedEvent, isRefusal, type Refusal } from '#server/kernel/decider.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { EventMetadata, RecordedEvent } from '#server/kernel/event.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import { eventIdOf } from './event-id.ts';
import { loadStream, replay } from './load-stream.ts';
import type { StepTimer } from './step-timer.ts';

/** Another writer may be faster this often before the caller is told. */
const CONFLICT_RETRIES_MAX = 20;

export type CheckedCommand = DecidableCommand & {
  commandId: string;
  streamId: StreamId;
  metadata: EventMetadata;
  expectedVersion: number | undefined;
  dryRun: boolean;
};

export type Decided =
  | {
      kind: 'accepted';
      events: readonly DecidedEvent[];
      version: number;
      appended: AppendResult | undefined;
      retries: number;
    }
  | { kind: 'rejected'; refusal: Refusal['refused']; version: number; retries: number }
  | { kind: 'nothing_to_do'; version: number; retries: number }
  /** The stream has this command's events already: an earlier call appended them. */
  | { kind: 'repeated'; events: RecordedEvent[]; retries: number };

/**
 * Loads, folds, decides and appends, again from the start where another writer was faster. A pinned version is never
 * retried: its conflict is the caller's answer.
 */
export async function decideAndAppend(
  command: CheckedCommand,
  { store, registry, timer }: { store: EventStore; registry: Registry; timer: StepTimer },
): Promise<Decided> {
  const { streamId, commandId, expectedVersion } = command;
  const decider = registry.deciderFor(categoryOf(streamId));
  if (decider === undefined) throw new TidemarkError('internal', `no decider for ${streamId}`);
  for (let retries = 0; ; retries += 1) {
    const history = await timer.run('load_events', () => loadStream(store, streamId));
    const own = history.filter((event) => event.metadata.commandId === commandId);
    if (own.length > 0) return { kind: 'repeated', events: own, retries };
    const version = history.length;
    if (expectedVersion !== undefined && expectedVersion !== version)
      throw conflict(streamId, expectedVersion, version);
    const state = await timer.run('replay', () => replay(registry.folderFor(decider.category), history));
    const decision = await timer.run('decide', () => decider.decide(command, state));
    if (isRefusal(decision)) return { kind: 'rejected', refusal: decision.refused, version, retries };
    if (decision.length === 0) return { kind: 'nothing_to_do', version, retries };
    const accepted = { kind: 'accepted', events: decision, version, retries } as const;
    if (command.dryRun) return { ...accepted, appended: undefined };
    const events = decision.map((event, index) => ({
      ...event,
      eventId: eventIdOf(commandId, index),
      metadata: command.metadata,
      occurredAt: command.receivedAt,
    }));
    try {
      const appended = await timer.run('append', () => store.append({ streamId, expectedVersion: version, events }));
      return { ...accepted, appended };
    } catch (error) {
      if (!isTidemarkError(error, 'expected-version-conflict') || expectedVersion !== undefined) throw error;
      if (retries >= CONFLICT_RETRIES_MAX) throw error;
    }
    // A few milliseconds, more each time and never the same, so that writers of one stream do not meet again.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(50, 2 * (retries + 1))));
  }
}

function conflict(streamId: StreamId, expectedVersion: number, actualVersion: number): TidemarkError {
  const message = `${streamId} is at version ${actualVersion}, not at ${expectedVersion}`;
  return new TidemarkError('expected-version-conflict', message, { streamId, expectedVersion, actualVersion });
}
