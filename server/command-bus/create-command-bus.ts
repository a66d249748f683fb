import { isDeepStrictEqual } from 'node:util';
import type { Database } from '#db/database.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { projectionLine } from './await-projections.ts';
import { checkEnvelope } from './check-command.ts';
import type { CommandBus } from './command-bus.ts';
import { createCommandLog, idReused } from './command-log.ts';
import type { CheckedCommand } from './decide-all.ts';
import { decideAndAppend, type Outcome, type Pending } from './decide-and-append.ts';
import { dryRun } from './dry-run.ts';
import { type BusParts, handleCommand } from './handle-command.ts';
import { createKnownStates } from './known-states.ts';
import type { CommandRequest, Receipt } from './receipt.ts';
import type { StepTimer } from './step-timer.ts';
import { createStreamQueues, type QueueLimits } from './stream-queue.ts';
import { whatIf } from './what-if.ts';

/** The command bus over a store; `close` waits for records that are still being written. */
export function createCommandBus(options: {
  database: Database;
  store: EventStore;
  registry: Registry;
  acknowledgements: Acknowledgements;
  clock: Clock;
  limits?: QueueLimits;
  /** Data as it is kept; where it is missing as it came. */
  seal?: BusParts['seal'];
}): CommandBus & { forget(streamId: StreamId): void; close(): Promise<void> } {
  const { registry, acknowledgements } = options;
  const log = createCommandLog(options.database);
  const running = new Map<string, { request: CommandRequest; receipt: Promise<Receipt> }>();
  const kept = new Set<Promise<unknown>>();
  const keep = (work: Promise<unknown>) => {
    // The record stands already; what is lost here is the time of the last steps.
    const settled = work.catch(() => {}).finally(() => kept.delete(settled));
    kept.add(settled);
  };
  const states = createKnownStates(options.store, registry);
  const queues = createStreamQueues<Pending>((streamId, pending) => {
    for (const { began } of pending) began();
    return decideAndAppend(streamId, pending, { ...options, states });
  }, options.limits);
  const decide = (command: CheckedCommand, timer: StepTimer) =>
    new Promise<Outcome>((resolve, reject) => {
      const waitedFrom = performance.now();
      const began = () => {
        timer.add('load_events', performance.now() - waitedFrom);
        timer.add('replay', 0);
      };
      queues.add(command.streamId, { command, timer, began, resolve, reject }, reject);
    });
  const { seal = (_: string, data: JsonObject) => data } = options;
  const parts = { ...options, log, states, decide, keep, seal };
  const types = registry
    .commandTypes()
    .map(({ jsonSchema, commandType, category, title, description, opensStream }) => ({
      commandType,
      category,
      title,
      description,
      opensStream,
      schema: jsonSchema,
    }));

  return {
    async handle(request) {
      const envelope = checkEnvelope(request, registry);
      const { commandId } = envelope;
      if (request.dryRun) return dryRun(request, envelope, parts);
      const first = running.get(commandId);
      if (first !== undefined) {
        if (!sameBody(first.request, request)) throw idReused(commandId);
        return { ...(await first.receipt), repeated: true };
      }
      const receipt = handleCommand(request, envelope, parts).finally(() => running.delete(commandId));
      running.set(commandId, { request, receipt });
      return receipt;
    },
    whatIf: (request) => whatIf(request, parts),
    types: () => types,
    async run(commandId) {
      const receipt = await log.receiptOf(commandId);
      if (receipt === undefined) {
        throw new TidemarkError('command-not-found', `no command was received under ${commandId}`, { commandId });
      }
      const position = receipt.globalPosition;
      if (position === null || receipt.outcome !== 'accepted') return receipt;
      const durations = new Map(receipt.projections.map((one) => [one.name, one.durationMs]));
      const now = await acknowledgements.current(position);
      return {
        ...receipt,
        projections: now.map((one) => projectionLine(one, position, durations.get(one.name) ?? null)),
      };
    },
    runs: (query) => log.list(query),
    /** Drops the state that is kept of a stream: what was redacted must not be answered from memory. */
    forget: states.forget,
    async close() {
      await Promise.all([queues.settled(), ...[...running.values()].map(({ receipt }) => receipt.catch(() => {}))]);
      // What is kept begins as commands end.
      while (kept.size > 0) await Promise.all(kept);
    },
  };
}

function sameBody(a: CommandRequest, b: CommandRequest): boolean {
  return a.commandType === b.commandType && a.streamId === b.streamId && isDeepStrictEqual(a.data, b.data);
}
