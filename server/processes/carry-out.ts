import type { CommandBus } from '#server/command-bus/command-bus.ts';
import type { DecidedEvent } from '#server/kernel/decider.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ProcessManager, StepAnswer, WantedCommand } from '#server/kernel/process.ts';
import { commandIdOf, type OpenProcess } from './open-process.ts';

/** Sends what the process wants and tells it the answers, until it waits or has ended. */
export async function carryOut(
  manager: ProcessManager<JsonObject, DecidedEvent>,
  process: OpenProcess,
  { commandBus, signal }: { commandBus: CommandBus; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const wanted = manager.wants(process.state());
    if (wanted === undefined) return;
    const answer = await send(manager.name, process, wanted, commandBus);
    await process.learn({ kind: 'answer', answer }, commandIdOf(process.streamId, wanted.step));
    if (manager.wants(process.state())?.step === wanted.step) {
      throw new Error(`${process.streamId} made nothing of the answer to "${wanted.step}"`);
    }
  }
}

async function send(
  actor: string,
  process: OpenProcess,
  { step, commandType, streamId, data }: WantedCommand,
  commandBus: CommandBus,
): Promise<StepAnswer> {
  const commandId = commandIdOf(process.streamId, step);
  const correlationId = process.correlationId();
  const causationId = process.lastEventId();
  try {
    const { outcome, rejection } = await commandBus.handle({
      commandType,
      streamId,
      data,
      commandId,
      actor,
      // Nobody waits for the projections here.
      waitForMs: 0,
      metadata: { ...(correlationId && { correlationId }), ...(causationId && { causationId }) },
    });
    return { step, outcome, code: rejection?.code ?? null, message: rejection?.message ?? null };
  } catch (error) {
    // Data that no decider takes stays so however often it is sent: an answer, as a refusal is.
    if (!isTidemarkError(error, 'bad-request')) throw error;
    return { step, outcome: 'rejected', code: error.code, message: error.message };
  }
}
