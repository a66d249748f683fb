import type { EventStore } from '#server/event-store/event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { awaitProjections } from './await-projections.ts';
import { checkData, type Envelope } from './check-command.ts';
import type { CommandBody, CommandLog, Earlier } from './command-log.ts';
import type { CheckedCommand } from './decide-all.ts';
import type { Outcome } from './decide-and-append.ts';
import { firstReceipt, repeatedReceipt } from './first-receipt.ts';
import type { KnownStates } from './known-states.ts';
import type { CommandRequest, Receipt } from './receipt.ts';
import { createStepTimer, roundMs, type StepTimer } from './step-timer.ts';

export type BusParts = {
  store: EventStore;
  log: CommandLog;
  states: KnownStates;
  acknowledgements: Acknowledgements;
  clock: Clock;
  /** Decides the command in its stream's turn; see `decideAndAppend`. */
  decide(command: CheckedCommand, timer: StepTimer): Promise<Outcome>;
  /** Data as it is kept: personal fields sealed; for a `preview` without anything being written. */
  seal(category: string, data: JsonObject, how?: 'kept' | 'preview'): Promise<JsonObject> | JsonObject;
  /** Keeps work that goes on after the answer, so that a stopping process waits for it. */
  keep(work: Promise<unknown>): void;
};

/** Takes one command through every step; see docs/how-a-command-flows.md. */
export async function handleCommand(request: CommandRequest, envelope: Envelope, parts: BusParts): Promise<Receipt> {
  const { log, clock } = parts;
  const timer = createStepTimer(clock);
  const checked = await checkCommand(request, envelope, clock, timer);
  const command = { ...checked, data: await parts.seal(envelope.type.category, checked.data) };
  const body: CommandBody = { commandType: command.commandType, streamId: command.streamId, data: command.data };
  // An id that the bus made itself can't have been seen before.
  const mayRepeat = request.commandId !== undefined;
  const earlier = await timer.run('receive', () => (mayRepeat ? log.find(command.commandId, body) : undefined));
  if (earlier !== undefined) return repeat(earlier, { command, body, envelope, request, parts, timer });

  const outcome = await decideUnlessRepeated(command, body, mayRepeat, parts, timer);
  const run = { command, body, envelope, request, parts, timer };
  if ('earlier' in outcome) return repeat(outcome.earlier, run);
  const receipt = firstReceipt(command, outcome);
  if (outcome.kind === 'accepted') return finish(receipt, run);
  const recorded = await (outcome.kind === 'rejected'
    ? timer.run('reject', () => record(receipt, run))
    : record(receipt, run));
  // Elsewhere the same command came to something else meanwhile.
  const other = recorded ? undefined : await log.find(command.commandId, body);
  if (other !== undefined) return repeat(other, run);
  return finish(receipt, run);
}

type Run = {
  command: CheckedCommand;
  body: CommandBody;
  envelope: Envelope;
  request: CommandRequest;
  parts: BusParts;
  timer: StepTimer;
};

/** Checks the data, and adds to the command what the bus gives it. */
export async function checkCommand(
  { actor, metadata, data, expectedVersion }: CommandRequest,
  { type, streamId, commandId }: Envelope,
  clock: Clock,
  timer: StepTimer,
): Promise<CheckedCommand & { data: CommandBody['data'] }> {
  return {
    commandType: type.commandType,
    streamId,
    data: await timer.run('validate', () => checkData(type, data)),
    commandId,
    metadata: { correlationId: commandId, causationId: commandId, ...metadata, commandId, actor },
    expectedVersion,
    receivedAt: clock.now().toISOString(),
    actor,
  };
}

async function decideUnlessRepeated(
  command: CheckedCommand,
  body: CommandBody,
  mayRepeat: boolean,
  { decide, log }: BusParts,
  timer: StepTimer,
): Promise<Exclude<Outcome, { kind: 'repeated' }> | { earlier: Earlier }> {
  let failure: unknown;
  try {
    const outcome = await decide(command, timer);
    if (outcome.kind !== 'repeated') return outcome;
    failure = outcome.error;
  } catch (error) {
    if (!mayRepeat) throw error;
    failure = error;
  }
  // The id stands already, or a pinned version is gone: it may be this very command that an earlier call appended.
  const earlier = await log.find(command.commandId, body);
  if (earlier !== undefined) return { earlier };
  if (failure instanceof Error) throw failure;
  throw new TidemarkError('internal', `the events of ${command.commandId} are not found`);
}

/** Answers as the first call did; one that died before its record is finished now. */
async function repeat({ receipt, firstEvent }: Earlier, run: Run): Promise<Receipt> {
  const { store, states } = run.parts;
  if (receipt !== null) {
    // The first call is still under way, or died, between its record and its state.
    const isWhole = receipt.steps.some(({ step }) => step === 'query_state');
    const state = isWhole ? receipt.state : (await states.read(receipt.streamId)).state;
    return { ...receipt, state, repeated: true };
  }
  const { streamId, commandId } = run.command;
  const events: RecordedEvent[] = [];
  for (let after = (firstEvent?.streamVersion ?? 1) - 1; ; ) {
    const page = await store.readStream(streamId, { after });
    const own = page.events.filter((event) => event.metadata.commandId === commandId);
    events.push(...own);
    if (own.length < page.events.length || page.nextAfter === null) break;
    after = page.nextAfter;
  }
  return finish(repeatedReceipt(run.command, events), run);
}

/** What comes after the decision: the record while the projections work, the acknowledgements, the state as it then is. */
async function finish(receipt: Receipt, run: Run): Promise<Receipt> {
  const { timer, parts, envelope, request } = run;
  const accepted = receipt.outcome === 'accepted';
  if (accepted && !receipt.repeated) await timer.run('publish', () => parts.store.published());
  const recorded = accepted ? record(receipt, run) : Promise.resolve(true);
  // It is awaited below; until then a failure is not nobody's.
  recorded.catch(() => {});
  const { globalPosition } = receipt;
  if (accepted && !receipt.repeated && globalPosition !== null) {
    const options = { timeoutMs: envelope.waitForMs, timer, signal: request.signal };
    receipt.projections = await awaitProjections(parts.acknowledgements, globalPosition, options);
  }
  await timer.run('query_state', async () => {
    const { state, streamVersion } = await parts.states.read(receipt.streamId);
    receipt.state = state;
    if (receipt.events.length === 0) receipt.streamVersion = streamVersion;
  });
  receipt.steps = timer.steps();
  await recorded;
  parts.keep(parts.log.complete(receipt, roundMs(timer.elapsedMs())));
  return receipt;
}

function record(receipt: Receipt, { body, parts, timer }: Run): Promise<boolean> {
  return parts.log.record({ ...receipt, steps: timer.steps() }, body, roundMs(timer.elapsedMs()));
}
