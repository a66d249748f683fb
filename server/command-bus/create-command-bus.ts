import { isDeepStrictEqual } from 'node:util';
import type { Database } from '#db/database.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { projectionLine } from './await-projections.ts';
import { checkEnvelope } from './check-command.ts';
import type { CommandBus } from './command-bus.ts';
import { createCommandLog, idReused } from './command-log.ts';
import { handleCommand } from './handle-command.ts';
import type { CommandRequest, Receipt } from './receipt.ts';

/** The command bus over a store; `close` waits for records that are still being written. */
export function createCommandBus(options: {
  database: Database;
  store: EventStore;
  registry: Registry;
  acknowledgements: Acknowledgements;
  clock: Clock;
}): CommandBus & { close(): Promise<void> } {
  const { registry, acknowledgements } = options;
  const log = createCommandLog(options.database);
  const running = new Map<string, { request: CommandRequest; receipt: Promise<Receipt> }>();
  const kept = new Set<Promise<unknown>>();
  const keep = (work: Promise<unknown>) => {
    // The record stands already; what is lost here is the time of the last steps.
    const settled = work.catch(() => {}).finally(() => kept.delete(settled));
    kept.add(settled);
  };
  const parts = { ...options, log, keep };

  return {
    async handle(request) {
      const envelope = checkEnvelope(request, registry);
      const { commandId } = envelope;
      if (request.dryRun) return handleCommand(request, envelope, parts);
      const first = running.get(commandId);
      if (first !== undefined) {
        if (!sameBody(first.request, request)) throw idReused(commandId);
        return { ...(await first.receipt), repeated: true };
      }
      const receipt = handleCommand(request, envelope, parts).finally(() => running.delete(commandId));
      running.set(commandId, { request, receipt });
      return receipt;
    },
    types: () =>
      registry.commandTypes().map(({ commandType, category, title, description, opensStream, jsonSchema }) => ({
        commandType,
        category,
        title,
        description,
        opensStream,
        schema: jsonSchema,
      })),
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
    async close() {
      await Promise.all([...kept, ...[...running.values()].map(({ receipt }) => receipt.catch(() => {}))]);
    },
  };
}

function sameBody(a: CommandRequest, b: CommandRequest): boolean {
  return a.commandType === b.commandType && a.streamId === b.streamId && isDeepStrictEqual(a.data, b.data);
}
