import { type Decider, type Refusal, refuse } from '#server/kernel/decider.ts';
import type { OperatorCommand } from './commands.ts';
import type { OperatorEvent } from './events.ts';
import { BY_ACCOUNT, countTry, type Tries, waitMs } from './lock-out.ts';

export type OperatorState = {
  status: 'unknown' | 'active' | 'disabled';
  role?: string;
  tries: Tries;
  /** Ways to show a second factor. */
  secondFactors: string[];
  /** Ids of sessions that were opened and have not been ended; one that ran out stays until it is ended. */
  sessions: string[];
};

const initialState: OperatorState = { status: 'unknown', tries: { attempts: 0 }, secondFactors: [], sessions: [] };

/** Sessions of one operator that the state remembers; older ones have run out long before. */
const SESSIONS_MAX = 200;

function evolve(state: OperatorState, { eventType, data }: OperatorEvent): OperatorState {
  switch (eventType) {
    case 'OperatorRegistered':
      return { ...state, status: 'active', role: data.role };
    case 'SignInAttempted':
      return { ...state, tries: { ...state.tries, attempts: data.attempts } };
    case 'OperatorDelayed':
      return { ...state, tries: { attempts: data.attempts, delayedUntil: data.until, lastAt: data.until } };
    case 'SessionOpened':
      return {
        ...state,
        tries: { attempts: 0 },
        sessions: [...state.sessions, data.sessionId].slice(-SESSIONS_MAX),
      };
    case 'SessionEnded':
      return { ...state, sessions: state.sessions.filter((id) => id !== data.sessionId) };
    case 'SecondFactorEnrolled':
      return { ...state, secondFactors: [...new Set([...state.secondFactors, data.method])].sort() };
    case 'SecondFactorRemoved':
      return { ...state, secondFactors: state.secondFactors.filter((method) => method !== data.method) };
    case 'RoleChanged':
      return { ...state, role: data.to };
    case 'OperatorDisabled':
      return { ...state, status: 'disabled', sessions: [] };
    case 'OperatorEnabled':
      return { ...state, status: 'active' };
    case 'CredentialsChecked':
      // The code may follow at once; the tries still count, so that each wrong code costs the next delay.
      return { ...state, tries: withoutDelay(state.tries) };
    case 'SecondFactorChallenged':
    case 'SecondFactorPassed':
    case 'SignInFailed':
    case 'TokenIssued':
    case 'SecondFactorPutOff':
    case 'RecoveryCodesMade':
    case 'PasswordChanged':
      return state;
    default:
      return state;
  }
}

/**
 * Refusals: `sign-in-delayed` (details: `retryAfterSeconds`), `operator-unknown`, `operator-exists`,
 * `operator-disabled`, `session-not-open`.
 */
function decide(command: OperatorCommand, state: OperatorState): OperatorEvent[] | Refusal {
  switch (command.commandType) {
    case 'AttemptSignIn':
      // Unknown operators have tries too, by the same rule: a delay must not tell that somebody exists.
      return attempt(command, state);
    case 'FailSignIn':
      return [{ eventType: 'SignInFailed', data: command.data }];
    case 'RegisterOperator':
      return state.status === 'unknown'
        ? [{ eventType: 'OperatorRegistered', data: { role: command.data.role, by: command.actor } }]
        : refuse('operator-exists', 'an operator is registered under this id');
    default:
      if (state.status === 'unknown') return refuse('operator-unknown', 'no operator is registered under this id');
      return decideFor(command, state);
  }
}

function withoutDelay({ delayedUntil: _, ...tries }: Tries): Tries {
  return tries;
}

type KnownCommand = Exclude<OperatorCommand, { commandType: 'AttemptSignIn' | 'FailSignIn' | 'RegisterOperator' }>;

function decideFor(command: KnownCommand, state: OperatorState): OperatorEvent[] | Refusal {
  const { actor: by } = command;
  switch (command.commandType) {
    case 'EnableOperator':
      return state.status === 'active' ? [] : [{ eventType: 'OperatorEnabled', data: { ...command.data, by } }];
    case 'DisableOperator':
      return state.status === 'disabled' ? [] : [{ eventType: 'OperatorDisabled', data: { ...command.data, by } }];
    case 'EndSession':
      return state.sessions.includes(command.data.sessionId) ? [{ eventType: 'SessionEnded', data: command.data }] : [];
    case 'ChangeRole': {
      const { role, reason } = command.data;
      const from = state.role ?? '';
      return from === role ? [] : [{ eventType: 'RoleChanged', data: { from, to: role, by, reason } }];
    }
    default:
      if (state.status === 'disabled') return refuse('operator-disabled', 'the operator is disabled');
      return decideActive(command, state);
  }
}

type ActiveCommand = Exclude<
  KnownCommand,
  { commandType: 'EnableOperator' | 'DisableOperator' | 'EndSession' | 'ChangeRole' }
>;

function decideActive(command: ActiveCommand, state: OperatorState): OperatorEvent[] | Refusal {
  switch (command.commandType) {
    case 'ConfirmCredentials': {
      const { method, secondFactors } = command.data;
      const checked: OperatorEvent = { eventType: 'CredentialsChecked', data: { method } };
      if (secondFactors.length === 0) return [checked];
      return [checked, { eventType: 'SecondFactorChallenged', data: { methods: secondFactors } }];
    }
    case 'PassSecondFactor':
      return [{ eventType: 'SecondFactorPassed', data: command.data }];
    case 'OpenSession':
      return state.sessions.includes(command.data.sessionId)
        ? []
        : [{ eventType: 'SessionOpened', data: command.data }];
    case 'IssueToken':
      return state.sessions.includes(command.data.sessionId)
        ? [{ eventType: 'TokenIssued', data: command.data }]
        : refuse('session-not-open', 'the session was ended');
    case 'EnrolSecondFactor':
      return [{ eventType: 'SecondFactorEnrolled', data: command.data }];
    case 'RemoveSecondFactor':
      return state.secondFactors.includes(command.data.method)
        ? [{ eventType: 'SecondFactorRemoved', data: command.data }]
        : [];
    case 'PutOffSecondFactor':
      return [{ eventType: 'SecondFactorPutOff', data: {} }];
    case 'MakeRecoveryCodes':
      return [{ eventType: 'RecoveryCodesMade', data: command.data }];
    case 'ChangePassword':
      return [{ eventType: 'PasswordChanged', data: {} }];
    default:
      return command satisfies never;
  }
}

function attempt(
  { data, receivedAt }: Extract<OperatorCommand, { commandType: 'AttemptSignIn' }>,
  { tries }: OperatorState,
): OperatorEvent[] | Refusal {
  const wait = waitMs(tries, receivedAt);
  if (wait > 0) return delayed(wait);
  const { attempts, delay } = countTry(tries, BY_ACCOUNT, { now: receivedAt, firstDelayMs: data.firstDelayMs });
  const attempted: OperatorEvent = {
    eventType: 'SignInAttempted',
    data: { step: data.step, attempts, from: data.from },
  };
  if (delay === undefined) return [attempted];
  const { ms, until } = delay;
  return [attempted, { eventType: 'OperatorDelayed', data: { attempts, delaySeconds: ms / 1000, until } }];
}

/** The answer to a try that comes too early. */
export function delayed(wait: number): Refusal {
  const retryAfterSeconds = Math.ceil(wait / 1000);
  return {
    refused: {
      code: 'sign-in-delayed',
      message: `too many tries; the next is taken in ${retryAfterSeconds} s`,
      details: { retryAfterSeconds },
    },
  };
}

/** One operator, and the history of their sign-ins. */
export const operatorDecider: Decider<OperatorState, OperatorCommand, OperatorEvent> = {
  category: 'operator',
  version: 1,
  initialState,
  evolve,
  decide,
};
