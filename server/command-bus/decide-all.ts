import { performance } from 'node:perf_hooks';
import { asStored } from '#server/kernel/as-stored.ts';
import {
  type DecidableCommand,
  type DecidedEvent,
  type Decider,
  type Decision,
  type Folder,
  isRefusal,
  type Refusal,
} from '#server/kernel/decider.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { EventMetadata } from '#server/kernel/event.ts';
import { foldEvent } from '#server/kernel/fold.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

export type CheckedCommand = DecidableCommand & {
  commandId: string;
  streamId: StreamId;
  metadata: EventMetadata;
  expectedVersion: number | undefined;
};

/** A stream's state at a version. */
export type Known = { streamVersion: number; state: JsonObject };

/** What one command comes to on a state, before anything is written. */
export type Decided = { version: number; decideMs: number } & (
  | { kind: 'events'; events: readonly DecidedEvent[] }
  | { kind: 'refused'; refusal: Refusal['refused'] }
  | { kind: 'nothing' }
  /** Another version was pinned, or the decider or the reducer threw. */
  | { kind: 'failed'; error: unknown }
);

/** Decides commands of one stream in turn, each on the state that the one before it would leave. */
export function decideAll(
  commands: readonly CheckedCommand[],
  from: Known,
  { decider, folder }: { decider: Decider; folder: Folder },
): { decided: Decided[]; after: Known } {
  let known = from;
  const decided = commands.map((command): Decided => {
    const startedAt = performance.now();
    const version = known.streamVersion;
    const end = () => performance.now() - startedAt;
    try {
      const decision = decideOne(command, known, decider);
      if (isRefusal(decision)) return { kind: 'refused', refusal: decision.refused, version, decideMs: end() };
      if (decision.length === 0) return { kind: 'nothing', version, decideMs: end() };
      const events = decision.map((event) => ({ ...event, data: asStored(event.data) }));
      known = foldDecided(events, command.streamId, known, folder);
      return { kind: 'events', events, version, decideMs: end() };
    } catch (error) {
      return { kind: 'failed', error, version, decideMs: end() };
    }
  });
  return { decided, after: known };
}

function decideOne(command: CheckedCommand, { streamVersion, state }: Known, decider: Decider): Decision {
  const { streamId, expectedVersion } = command;
  if (expectedVersion !== undefined && expectedVersion !== streamVersion) {
    const message = `${streamId} is at version ${streamVersion}, not at ${expectedVersion}`;
    const details = { streamId, expectedVersion, actualVersion: streamVersion };
    throw new TidemarkError('expected-version-conflict', message, details);
  }
  return decider.decide(command, state);
}

function foldDecided(events: readonly DecidedEvent[], streamId: StreamId, from: Known, folder: Folder): Known {
  return events.reduce(
    ({ streamVersion, state }, event) => ({
      streamVersion: streamVersion + 1,
      state: foldEvent(folder, state, { ...event, streamId, streamVersion: streamVersion + 1 }),
    }),
    from,
  );
}
