import type { CommandOf } from '#server/kernel/decider.ts';
import type { From, SecondFactorMethod, SignInStep } from './events.ts';

type Data = {
  RegisterOperator: { role: string };
  /** Before anything is compared: what is tried counts until a session opens. */
  AttemptSignIn: { step: SignInStep; from: From; firstDelayMs: number };
  /** `secondFactors` empty: none is asked. */
  ConfirmCredentials: { method: 'password' | 'passkey'; secondFactors: string[] };
  PassSecondFactor: { method: SecondFactorMethod };
  FailSignIn: { step: SignInStep };
  OpenSession: { sessionId: string; method: string; from: From };
  EndSession: { sessionId: string; reason: string };
  IssueToken: { tokenId: string; sessionId: string; expiresAt: string };
  EnrolSecondFactor: { method: SecondFactorMethod };
  RemoveSecondFactor: { method: SecondFactorMethod };
  PutOffSecondFactor: Record<string, never>;
  MakeRecoveryCodes: { count: number };
  ChangePassword: Record<string, never>;
  ChangeRole: { role: string; reason: string };
  DisableOperator: { reason: string };
  EnableOperator: { reason: string };
};

/** A command for an operator. Sign-in alone makes them: they are not among the commands that callers may send. */
export type OperatorCommand = CommandOf<Data>;
