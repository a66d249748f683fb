import type { RecordedEvent } from '#server/kernel/event.ts';
import type { CheckedCommand } from './decide-all.ts';
import type { Outcome } from './decide-and-append.ts';
import { eventIdOf } from './event-id.ts';
import type { Receipt, ReceiptEvent } from './receipt.ts';

export type Settled = Exclude<Outcome, { kind: 'repeated' }>;

/** The receipt of a command as it is decided and appended, before its projections and its state are known. */
export function firstReceipt(command: CheckedCommand, outcome: Settled): Receipt {
  const events = outcome.kind === 'accepted' ? receiptEvents(command, outcome) : [];
  return {
    ...bareReceipt(command, events),
    outcome: outcome.kind,
    streamVersion: events.at(-1)?.streamVersion ?? outcome.version,
    conflictRetries: outcome.retries,
    ...(outcome.kind === 'rejected' && { rejection: outcome.refusal }),
  };
}

/** The receipt of a command whose events an earlier call appended. */
export function repeatedReceipt(command: CheckedCommand, events: readonly RecordedEvent[]): Receipt {
  return { ...bareReceipt(command, events.map(toReceiptEvent)), repeated: true };
}

function bareReceipt({ commandId, commandType, streamId, receivedAt, actor }: CheckedCommand, events: ReceiptEvent[]) {
  const last = events.at(-1);
  return {
    commandId,
    commandType,
    outcome: 'accepted' as const,
    repeated: false,
    dryRun: false,
    streamId,
    streamVersion: last?.streamVersion ?? 0,
    globalPosition: last?.globalPosition ?? null,
    events,
    state: {},
    steps: [],
    projections: [],
    conflictRetries: 0,
    receivedAt,
    actor,
  };
}

/** Positions are missing in a dry run. */
function receiptEvents(
  { commandId }: CheckedCommand,
  { events, positions, version }: Extract<Outcome, { kind: 'accepted' }>,
): ReceiptEvent[] {
  return events.map(({ eventType, data }, index) => ({
    eventId: eventIdOf(commandId, index),
    eventType,
    streamVersion: version + index + 1,
    globalPosition: positions[index] ?? null,
    data,
  }));
}

function toReceiptEvent({ eventId, eventType, streamVersion, globalPosition, data }: RecordedEvent): ReceiptEvent {
  return { eventId, eventType, streamVersion, globalPosition, data };
}
