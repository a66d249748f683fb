import { type AddressCommand, addressDecider } from '#server/domain/operator/address-decider.ts';
import type { OperatorCommand } from '#server/domain/operator/commands.ts';
import { operatorDecider } from '#server/domain/operator/decider.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Clock } from '#server/kernel/clock.ts';
import {
  type DecidableCommand,
  type DecidedEvent,
  type Decider,
  type Folder,
  isRefusal,
} from '#server/kernel/decider.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** Another process may be faster this often before the caller is told to come again. */
const CONFLICTS_MAX = 50;

type Told<Command> = Command extends { commandType: infer Type; data: infer Data }
  ? { commandType: Type; data: Data; actor?: string }
  : never;

/** Sign-in, told as events. A refusal rejects: `sign-in-delayed`, or `sign-in-failed` for every other reason. */
export type History = {
  operator(operatorId: string, command: Told<OperatorCommand>): Promise<void>;
  address(addressId: string, command: Told<AddressCommand>): Promise<void>;
};

/** Commands of one stream are decided in turn; the store's version check is the judge between processes. */
export function createHistory(store: EventStore, clock: Clock): History {
  const tails = new Map<string, Promise<void>>();

  async function inTurn(streamId: string, work: () => Promise<void>): Promise<void> {
    const mine = (tails.get(streamId) ?? Promise.resolve()).catch(() => {}).then(work);
    tails.set(streamId, mine);
    try {
      await mine;
    } finally {
      if (tails.get(streamId) === mine) tails.delete(streamId);
    }
  }

  async function decideAndAppend(decider: Decider, id: string, command: Told<DecidableCommand>): Promise<void> {
    const streamId = `${decider.category}-${id}` as StreamId;
    const { category: name, version, initialState, evolve } = decider;
    const folder: Folder = { name, version, initialState, evolve };
    const actor = command.actor ?? 'sign-in';
    for (let conflicts = 0; ; conflicts += 1) {
      const { state, streamVersion } = await store.foldStream(streamId, folder);
      const receivedAt = clock.now().toISOString();
      const decision = decider.decide({ ...command, streamId, receivedAt, actor }, state);
      if (isRefusal(decision)) throw refusalError(decision.refused);
      if (decision.length === 0) return;
      try {
        const events = decision.map((event) => ({ ...event, metadata: { actor }, occurredAt: receivedAt }));
        await store.append({ streamId, expectedVersion: streamVersion, events });
        return;
      } catch (error) {
        if (!isTidemarkError(error, 'expected-version-conflict') || conflicts >= CONFLICTS_MAX) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(50, 2 * (conflicts + 1))));
    }
  }

  return {
    operator: (id, command) => inTurn(`operator-${id}`, () => decideAndAppend(untyped(operatorDecider), id, command)),
    address: (id, command) => inTurn(`address-${id}`, () => decideAndAppend(untyped(addressDecider), id, command)),
  };
}

/** A decider's own types end here, as in the registry. */
function untyped<State, Command extends DecidableCommand, Event extends DecidedEvent>(
  decider: Decider<State, Command, Event>,
): Decider {
  return decider as unknown as Decider;
}

function refusalError({ code, message, details }: { code: string; message: string; details?: object }): TidemarkError {
  if (code === 'sign-in-delayed') return new TidemarkError('sign-in-delayed', message, { ...details });
  return new TidemarkError('sign-in-failed', 'this does not sign anybody in');
}
