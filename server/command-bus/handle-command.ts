import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { awaitProjections } from './await-projections.ts';
import { checkData, type Envelope } from './check-command.ts';
import type { CommandBody, CommandLog } from './command-log.ts';
import { type CheckedCommand, type Decided, decideAndAppend } from './decide-and-append.ts';
import { eventIdOf } from './event-id.ts';
import { loadStream, replay } from './load-stream.ts';
import type { CommandRequest, Receipt, ReceiptEvent } from './receipt.ts';
import { createStepTimer, roundMs, type StepTimer } from './step-timer.ts';

export type BusParts = {
  store: EventStore;
  registry: Registry;
  log: CommandLog;
  acknowledgements: Acknowledgements;
  clock: Clock;
  /** Keeps work that goes on after the answer, so that a stopping process waits for it. */
  keep(work: Promise<unknown>): void;
};

/** Takes one command through every step; see docs/how-a-command-flows.md. */
export async function handleCommand(request: CommandRequest, envelope: Envelope, parts: BusParts): Promise<Receipt> {
  const { store, registry, log, clock } = parts;
  const { type, streamId, commandId } = envelope;
  const timer = createStepTimer(clock);
  const receivedAt = clock.now().toISOString();

  const body: CommandBody = { commandType: type.commandType, streamId, data: await checked(timer, envelope, request) };
  const { actor, dryRun = false, expectedVersion } = request;
  // An id that the bus made itself can't have been seen before.
  const mayRepeat = request.commandId !== undefined && !dryRun;
  const earlier = await timer.run('receive', () => (mayRepeat ? log.find(commandId, body) : undefined));
  if (earlier !== undefined) return { ...earlier, repeated: true };

  const metadata = { correlationId: commandId, causationId: commandId, ...request.metadata, commandId, actor };
  const command: CheckedCommand = {
    ...body,
    streamId,
    commandId,
    metadata,
    expectedVersion,
    dryRun,
    receivedAt,
    actor,
  };
  const decided = await decideAndAppend(command, { store, registry, timer });

  const receipt = firstReceipt(command, decided, timer);
  if (dryRun) return withDryState(receipt, parts, decided);
  if (decided.kind === 'accepted') await timer.run('publish', () => store.published());
  // A refusal's record is its own step; an acceptance is recorded while the projections work.
  const recorded = recordOutcome(receipt, body, decided, parts, timer);
  if (decided.kind === 'rejected') await recorded;
  if (receipt.globalPosition !== null && decided.kind === 'accepted') {
    const options = { timeoutMs: envelope.waitForMs, timer, signal: request.signal };
    receipt.projections = await awaitProjections(parts.acknowledgements, receipt.globalPosition, options);
  }
  await queryState(receipt, parts, timer);
  await recorded;
  parts.keep(log.complete(receipt, roundMs(timer.elapsedMs())));
  return receipt;
}

function checked(timer: StepTimer, { type }: Envelope, { data }: CommandRequest) {
  return timer.run('validate', () => checkData(type, data));
}

function recordOutcome(receipt: Receipt, body: CommandBody, { kind }: Decided, { log }: BusParts, timer: StepTimer) {
  const record = () => log.record({ ...receipt, steps: timer.steps() }, body, roundMs(timer.elapsedMs()));
  return kind === 'rejected' ? timer.run('reject', record) : record();
}

function firstReceipt(command: CheckedCommand, decided: Decided, timer: StepTimer): Receipt {
  const { commandId, commandType, streamId, dryRun, receivedAt, actor } = command;
  const events = receiptEvents(command, decided);
  const last = events.at(-1);
  return {
    commandId,
    commandType,
    outcome: decided.kind === 'repeated' ? 'accepted' : decided.kind,
    repeated: decided.kind === 'repeated',
    dryRun,
    streamId,
    streamVersion: last?.streamVersion ?? ('version' in decided ? decided.version : 0),
    globalPosition: last?.globalPosition ?? null,
    events,
    state: {},
    steps: timer.steps(),
    projections: [],
    conflictRetries: decided.retries,
    ...(decided.kind === 'rejected' && { rejection: decided.refusal }),
    receivedAt,
    actor,
  };
}

function receiptEvents({ commandId }: CheckedCommand, decided: Decided): ReceiptEvent[] {
  if (decided.kind === 'repeated') return decided.events.map(toReceiptEvent);
  if (decided.kind !== 'accepted') return [];
  const { events, version, appended } = decided;
  // One append's positions lie next to each other: they were taken in one statement, but another writer's may stand
  // between, so only the last is known for sure; the others are told when the stream is read for the state.
  return events.map((event, index) => ({
    eventId: eventIdOf(commandId, index),
    eventType: event.eventType,
    streamVersion: version + index + 1,
    globalPosition: index === events.length - 1 ? (appended?.globalPosition ?? null) : null,
    data: event.data,
  }));
}

function toReceiptEvent({ eventId, eventType, streamVersion, globalPosition, data }: RecordedEvent): ReceiptEvent {
  return { eventId, eventType, streamVersion, globalPosition, data };
}

/** Reads the stream anew, so that the answer ends with the state as it is, not as this command left it. */
async function queryState(receipt: Receipt, { store, registry }: BusParts, timer: StepTimer): Promise<void> {
  await timer.run('query_state', async () => {
    const history = await loadStream(store, receipt.streamId);
    receipt.state = replay(registry.folderFor(categoryOf(receipt.streamId)), history);
    const own = history.filter((event) => event.metadata.commandId === receipt.commandId);
    if (own.length > 0) receipt.events = own.map(toReceiptEvent);
    else receipt.streamVersion = history.length;
  });
  receipt.steps = timer.steps();
}

async function withDryState(receipt: Receipt, { store, registry }: BusParts, decided: Decided): Promise<Receipt> {
  const folder = registry.folderFor(categoryOf(receipt.streamId));
  const before = replay(folder, await loadStream(store, receipt.streamId));
  const events = decided.kind === 'accepted' ? decided.events : [];
  const state = events.reduce((now, event) => folder.evolve(now, event), before);
  return { ...receipt, globalPosition: null as Position | null, state };
}
