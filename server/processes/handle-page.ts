import type { Database } from '#db/database.ts';
import type { CommandBus } from '#server/command-bus/command-bus.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { DecidedEvent } from '#server/kernel/decider.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { checkReadable, type RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ProcessManager } from '#server/kernel/process.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';
import { carryOut } from './carry-out.ts';
import { type OpenProcess, openProcess } from './open-process.ts';
import { recordProcessFault, registeredAmong, registerStarted } from './started-here.ts';
import { endTimers, startTimer, type Timer } from './timers.ts';

export type ProcessParts = {
  database: Database;
  eventStore: EventStore;
  commandBus: CommandBus;
  signal: AbortSignal;
};

/** Processes at work at once: each waits for commits most of the time, and the pool has to serve the engine too. */
const AT_ONCE_MAX = 6;

/** A start whose command was not on record is looked at again after this long, then taken for an imported one. */
const START_CHECK = { name: 'start', seconds: 10 };

/** A process that failed is tried again after this long, and so is a timer of it. */
const RETRY = { name: 'retry', seconds: 15 };
export const RETRY_SECONDS = RETRY.seconds;

/** Takes a page of events to the processes that they concern, side by side, each in order. */
export async function handlePage(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  events: readonly RecordedEvent[],
  parts: ProcessParts,
): Promise<void> {
  const byProcess = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const streamId = event.category === manager.decider.category ? event.streamId : manager.processOf(event);
    if (streamId !== undefined) byProcess.set(streamId, [...(byProcess.get(streamId) ?? []), event]);
  }
  await registerNew(manager, events, parts);
  const known = await registeredAmong(parts.database, [...byProcess.keys()]);
  const waiting = [...byProcess].filter(([streamId]) => known.has(streamId));
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [streamId, own] = next;
      const done = await guarded(manager, { streamId, parts }, (process) => follow(manager, process, own, parts));
      const [first] = own;
      if (!done && first !== undefined) {
        await startTimer(parts.database, manager.name, { ...first, streamId: streamId as StreamId }, RETRY);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, work));
}

async function registerNew(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  events: readonly RecordedEvent[],
  { database }: ProcessParts,
): Promise<void> {
  const starts = events.filter(({ category, eventType, streamVersion }) => {
    return category === manager.decider.category && eventType === manager.startedBy && streamVersion === 1;
  });
  await Promise.all(
    starts.map(async (event) => {
      if (await registerStarted(database, manager.name, event)) return;
      // Imports bring thousands of old ones: those are not even looked at again.
      const ageSeconds = (Date.now() - Date.parse(event.occurredAt)) / 1000;
      if (event.metadata.commandId !== undefined && ageSeconds < 3600) {
        await startTimer(database, manager.name, event, START_CHECK);
      }
    }),
  );
}

async function follow(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  process: OpenProcess,
  events: readonly RecordedEvent[],
  parts: ProcessParts,
): Promise<void> {
  for (const event of events) {
    if (event.category !== manager.decider.category) {
      await learnEvent(process, event);
      continue;
    }
    if (event.eventType === manager.startedBy) await learnPast(manager, process, parts);
    const deadline = manager.deadlineAfter(event, process.state());
    if (deadline !== undefined) await startTimer(parts.database, manager.name, event, deadline);
  }
  await carryOut(manager, process, parts);
  // What was missed by a failure is still to be learned, whatever the process has come to.
  if (manager.hasEnded(process.state()))
    await endTimers(parts.database, process.streamId, [RETRY.name, START_CHECK.name]);
}

/** What happened before the process began, as if it happened now. */
async function learnPast(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  process: OpenProcess,
  { eventStore }: ProcessParts,
): Promise<void> {
  for (const streamId of manager.pastOf(process.streamId)) {
    const { events } = await eventStore.readStream(streamId as StreamId);
    for (const event of events) {
      if (manager.processOf(event) === process.streamId) await learnEvent(process, event);
    }
  }
}

async function learnEvent(process: OpenProcess, event: RecordedEvent): Promise<void> {
  checkReadable(event);
  const { eventId, streamId, eventType, data } = event;
  return process.learn({ kind: 'event', streamId, eventType, data }, eventId);
}

/** Does what is due of one process; false where it failed and must be tried again. */
export async function handleTimer(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  { streamId, name }: Timer,
  parts: ProcessParts,
): Promise<boolean> {
  if (name === START_CHECK.name) {
    const { events } = await parts.eventStore.readStream(parseStreamId(streamId), { limit: 1 });
    const [first] = events;
    if (first === undefined || !(await registerStarted(parts.database, manager.name, first))) return true;
  }
  return guarded(manager, { streamId, parts }, async (process) => {
    await process.learn({ kind: 'timeout', name }, `timer ${name}`);
    // One that failed, or was found late, may have missed events and the times that begin with its own.
    const own = await parts.eventStore.readStream(process.streamId);
    await follow(manager, process, own.events, parts);
  });
}

/** One process that fails does not hold the others up: it is written down and tried again. */
async function guarded(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  { streamId, parts }: { streamId: string; parts: ProcessParts },
  work: (process: OpenProcess) => Promise<void>,
): Promise<boolean> {
  const { database, eventStore, signal } = parts;
  try {
    await work(await openProcess(manager, eventStore, parseStreamId(streamId)));
    await recordProcessFault(database, streamId, null);
    return true;
  } catch (error) {
    if (signal.aborted || isOfTheDatabase(error)) throw error;
    await recordProcessFault(database, streamId, error instanceof Error ? error.message : String(error));
    return false;
  }
}

function isOfTheDatabase(error: unknown): boolean {
  const codes = ['database-unavailable', 'deadline-exceeded', 'overloaded', 'shutting-down'] as const;
  return codes.some((code) => isTidemarkError(error, code));
}
