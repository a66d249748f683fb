/** Where a request came from: the peer's address, and what the client calls itself. */
export type From = { address: string; client: string };

/** What can have happened to an operator. No event holds a password, a code, a token or an e-mail address. */
export type OperatorEvent =
  | { eventType: 'OperatorRegistered'; data: { role: string; by: string } }
  | { eventType: 'SignInAttempted'; data: { step: SignInStep; attempts: number; from: From } }
  | { eventType: 'OperatorDelayed'; data: { attempts: number; delaySeconds: number; until: string } }
  | { eventType: 'CredentialsChecked'; data: { method: 'password' | 'passkey' } }
  | { eventType: 'SecondFactorChallenged'; data: { methods: string[] } }
  | { eventType: 'SecondFactorPassed'; data: { method: SecondFactorMethod } }
  | { eventType: 'SignInFailed'; data: { step: SignInStep } }
  | { eventType: 'SessionOpened'; data: { sessionId: string; method: string; from: From } }
  | { eventType: 'SessionEnded'; data: { sessionId: string; reason: string } }
  | { eventType: 'TokenIssued'; data: { tokenId: string; sessionId: string; expiresAt: string } }
  | { eventType: 'SecondFactorEnrolled'; data: { method: SecondFactorMethod } }
  | { eventType: 'SecondFactorRemoved'; data: { method: SecondFactorMethod } }
  | { eventType: 'SecondFactorPutOff'; data: Record<string, never> }
  | { eventType: 'RecoveryCodesMade'; data: { count: number } }
  | { eventType: 'PasswordChanged'; data: Record<string, never> }
  | { eventType: 'RoleChanged'; data: { from: string; to: string; by: string; reason: string } }
  | { eventType: 'OperatorDisabled'; data: { by: string; reason: string } }
  | { eventType: 'OperatorEnabled'; data: { by: string; reason: string } };

/** What is tried: a password, a second factor at sign-in, or one shown again within a session. */
export type SignInStep = 'password' | 'second-factor' | 'step-up';

export type SecondFactorMethod = 'totp' | 'recovery-code' | 'passkey';
