import type { Registry } from '#server/domain/registry.ts';
import type { AppendResult, EventStore } from '#server/event-store/event-store.ts';
import type { DecidedEvent, Refusal } from '#server/kernel/decider.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import { type CheckedCommand, type Decided, decideAll, type Known } from './decide-all.ts';
import { eventIdOf } from './event-id.ts';
import type { KnownStates } from './known-states.ts';
import type { StepTimer } from './step-timer.ts';

/** Another process may be faster this often before the callers are told. */
const CONFLICT_RETRIES_MAX = 20;

/** What a command came to. `version` is the stream's before it; `retries` says how often another process was faster. */
export type Outcome = { version: number; retries: number } & (
  | { kind: 'accepted'; events: readonly DecidedEvent[]; positions: readonly Position[] }
  | { kind: 'rejected'; refusal: Refusal['refused'] }
  | { kind: 'nothing_to_do' }
  /** Events of this command's id stand already: an earlier call appended them, or a foreign hand used the id. */
  | { kind: 'repeated'; error: TidemarkError | undefined }
);

/** A command with its caller. */
export type Pending = {
  command: CheckedCommand;
  timer: StepTimer;
  /** Its turn has come: what it waited counts as loading. */
  began(): void;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
};

type Parts = { store: EventStore; registry: Registry; states: KnownStates };

/**
 * Decides commands of one stream in turn and appends all their events at once, on the version that the first was decided
 * on; where another process was faster it reads what is new and decides all of them again. The append proves the state
 * that was decided on; where nothing is appended a reading does. A pinned version is never retried.
 */
export async function decideAndAppend(streamId: StreamId, pending: readonly Pending[], parts: Parts): Promise<void> {
  const { states } = parts;
  try {
    for (let retries = 0; ; retries += 1) {
      const { decided, known, after } = await decide(streamId, pending, { ...parts, anew: retries > 0 });
      const appended = await append(streamId, pending, decided, known, parts);
      if (appended === 'conflict' && retries < CONFLICT_RETRIES_MAX) {
        // A few milliseconds, more each time and never the same, so that processes do not meet again.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(50, 2 * (retries + 1))));
      } else if (appended === 'conflict') {
        const message = `${streamId} was written by others ${retries} times while this was decided`;
        throw new TidemarkError('expected-version-conflict', message, { streamId, retryAfterSeconds: 1 });
      } else {
        if (appended !== undefined && !appended.duplicate) states.keep(streamId, after);
        else if (appended !== undefined) states.forget(streamId);
        return answer(pending, decided, appended, retries);
      }
    }
  } catch (error) {
    // Whether it was appended is not known, or what is known does not fit.
    states.forget(streamId);
    if (pending.length > 1 && !isOfAll(error)) {
      for (const one of pending) await decideAndAppend(streamId, [one], parts);
    } else if (pending.length === 1 && isTidemarkError(error, 'event-id-reused')) {
      pending[0]?.resolve({ kind: 'repeated', error, version: 0, retries: 0 });
    } else {
      for (const { reject } of pending) reject(error);
    }
  }
}

/** On the state that is known, and, where no append will prove it, on one that was read after the commands came. */
async function decide(
  streamId: StreamId,
  pending: readonly Pending[],
  { registry, states, anew }: Parts & { anew: boolean },
): Promise<{ decided: Decided[]; known: Known; after: Known }> {
  const category = categoryOf(streamId);
  const decider = registry.deciderFor(category);
  if (decider === undefined) throw new TidemarkError('internal', `no decider for ${streamId}`);
  const on = (known: Known) => {
    const commands = pending.map(({ command }) => command);
    return { ...decideAll(commands, known, { decider, folder: registry.folderFor(category) }), known };
  };
  const kept = anew ? undefined : states.get(streamId);
  const first = kept && on(kept);
  if (first?.decided.some(({ kind }) => kind === 'events')) return timed(pending, first);
  return timed(pending, on(await readState(streamId, pending, states)));
}

async function readState(streamId: StreamId, pending: readonly Pending[], states: KnownStates): Promise<Known> {
  const startedAt = performance.now();
  const { state, streamVersion, reducerMs } = await states.read(streamId);
  const readMs = performance.now() - startedAt - reducerMs;
  for (const { timer } of pending) {
    timer.add('load_events', Math.max(0, readMs));
    timer.add('replay', reducerMs);
  }
  return { state, streamVersion };
}

function timed<T extends { decided: Decided[] }>(pending: readonly Pending[], result: T): T {
  for (const [index, { timer }] of pending.entries()) timer.add('decide', result.decided[index]?.decideMs ?? 0);
  return result;
}

async function append(
  streamId: StreamId,
  pending: readonly Pending[],
  decided: readonly Decided[],
  known: Known,
  { store }: Parts,
): Promise<AppendResult | 'conflict' | undefined> {
  const events = decided.flatMap((one, at) => {
    const command = pending[at]?.command;
    if (one.kind !== 'events' || command === undefined) return [];
    const { commandId, metadata, receivedAt: occurredAt } = command;
    return one.events.map((event, index) => ({ ...event, eventId: eventIdOf(commandId, index), metadata, occurredAt }));
  });
  if (events.length === 0) return undefined;
  const startedAt = performance.now();
  try {
    return await store.append({ streamId, expectedVersion: known.streamVersion, events });
  } catch (error) {
    if (isTidemarkError(error, 'expected-version-conflict')) return 'conflict';
    throw error;
  } finally {
    const appendMs = performance.now() - startedAt;
    for (const [index, { timer }] of pending.entries()) {
      if (decided[index]?.kind === 'events') timer.add('append', appendMs);
    }
  }
}

function answer(
  pending: readonly Pending[],
  decided: readonly Decided[],
  appended: AppendResult | undefined,
  retries: number,
): void {
  let position = 0;
  for (const [index, { resolve, reject }] of pending.entries()) {
    const one = decided[index];
    if (one === undefined) continue;
    const { version } = one;
    if (one.kind === 'failed') reject(one.error);
    else if (one.kind === 'refused') resolve({ kind: 'rejected', refusal: one.refusal, version, retries });
    else if (one.kind === 'nothing') resolve({ kind: 'nothing_to_do', version, retries });
    else if (appended?.duplicate) resolve({ kind: 'repeated', error: undefined, version, retries });
    else {
      const positions = appended?.positions.slice(position, position + one.events.length) ?? [];
      position += one.events.length;
      resolve({ kind: 'accepted', events: one.events, positions, version, retries });
    }
  }
}

/** Failures that one command alone would have met as well, after most of which nobody knows what was appended. */
function isOfAll(error: unknown): boolean {
  return (
    isTidemarkError(error, 'expected-version-conflict') ||
    isTidemarkError(error, 'database-unavailable') ||
    isTidemarkError(error, 'deadline-exceeded') ||
    isTidemarkError(error, 'overloaded') ||
    isTidemarkError(error, 'shutting-down')
  );
}
