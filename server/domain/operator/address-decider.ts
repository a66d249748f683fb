import type { CommandOf, Decider, Refusal } from '#server/kernel/decider.ts';
import { delayed } from './decider.ts';
import { BY_ADDRESS, countTry, type Tries, waitMs } from './lock-out.ts';

/** What can have happened at an address that people sign in from. The stream's id is a keyed hash of the address. */
export type AddressEvent =
  | { eventType: 'AddressTried'; data: { attempts: number } }
  | { eventType: 'AddressDelayed'; data: { attempts: number; delaySeconds: number; until: string } }
  | { eventType: 'AddressSignedIn'; data: { attempts: number } };

type Data = {
  TryFromAddress: { firstDelayMs: number };
  /** `tries` of one sign-in that succeeded: they count no longer. */
  SignInFromAddress: { tries: number };
};

export type AddressCommand = CommandOf<Data>;

export type AddressState = { tries: Tries };

function evolve(state: AddressState, { eventType, data }: AddressEvent): AddressState {
  switch (eventType) {
    case 'AddressTried':
    case 'AddressSignedIn':
      return { tries: { ...state.tries, attempts: data.attempts } };
    case 'AddressDelayed':
      return { tries: { attempts: data.attempts, delayedUntil: data.until, lastAt: data.until } };
    default:
      return state;
  }
}

/** Refuses with `sign-in-delayed`. A sign-in takes back its own tries alone, so that an attacker's account wins nothing. */
function decide(command: AddressCommand, { tries }: AddressState): AddressEvent[] | Refusal {
  if (command.commandType === 'SignInFromAddress') {
    return [{ eventType: 'AddressSignedIn', data: { attempts: Math.max(0, tries.attempts - command.data.tries) } }];
  }
  const wait = waitMs(tries, command.receivedAt);
  if (wait > 0) return delayed(wait);
  const { attempts, delay } = countTry(tries, BY_ADDRESS, {
    now: command.receivedAt,
    firstDelayMs: command.data.firstDelayMs,
  });
  const tried: AddressEvent = { eventType: 'AddressTried', data: { attempts } };
  if (delay === undefined) return [tried];
  const { ms, until } = delay;
  return [tried, { eventType: 'AddressDelayed', data: { attempts, delaySeconds: ms / 1000, until } }];
}

/** One address, and the tries that came from it. */
export const addressDecider: Decider<AddressState, AddressCommand, AddressEvent> = {
  category: 'address',
  version: 1,
  initialState: { tries: { attempts: 0 } },
  evolve,
  decide,
};
