import { expect } from 'vitest';
import { type DecidableCommand, type DecidedEvent, type Decider, isRefusal } from '#server/kernel/decider.ts';

/** Given these events, when this command comes, then these events, nothing, or a refusal by its code. */
export function givenWhenThen<State, Command extends DecidableCommand, Event extends DecidedEvent>(
  decider: Decider<State, Command, Event>,
) {
  return {
    given: (...events: Event[]) => ({
      when: (commandType: Command['commandType'], data: Command['data']) => {
        const state = events.reduce<State>(decider.evolve, decider.initialState);
        const streamId = `${decider.category}-1`;
        const command = { commandType, streamId, data, receivedAt: '2026-11-24T10:00:00.000Z', actor: 'ada' };
        const decision = decider.decide(command as Command, state);
        return {
          thenAppends: (...expected: Event[]) => expect(decision).toEqual(expected),
          thenNothing: () => expect(decision).toEqual([]),
          thenRefused: (code: string) => expect(isRefusal(decision) ? decision.refused.code : decision).toBe(code),
        };
      },
    }),
  };
}
