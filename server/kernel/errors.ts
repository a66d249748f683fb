import type { Json } from './json.ts';

/**
 * Every way in which a call can fail, as one closed union. HTTP statuses, tRPC codes and SQLSTATEs are mapped to and
 * from it in one place each (`server/trpc/errors.ts`, `db/sql-state.ts`).
 */
export type ErrorCode =
  | 'bad-request'
  | 'payload-too-large'
  | 'not-found'
  | 'unknown-command-type'
  | 'unknown-projection'
  | 'stream-not-found'
  | 'event-not-found'
  | 'command-not-found'
  | 'method-not-allowed'
  | 'foreign-origin'
  | 'unauthenticated'
  | 'sign-in-failed'
  | 'sign-in-delayed'
  | 'permission-denied'
  | 'step-up-required'
  | 'approval-required'
  | 'rate-limited'
  | 'unsupported-media-type'
  | 'expected-version-conflict'
  | 'event-id-reused'
  | 'command-id-reused'
  | 'command-rejected'
  | 'act-refused'
  | 'fold-failed'
  | 'event-unreadable'
  | 'deadline-exceeded'
  | 'bad-gateway'
  | 'service-timeout'
  | 'projection-behind'
  | 'overloaded'
  | 'database-unavailable'
  | 'shutting-down'
  | 'internal';

/** What an error tells beside its sentence: the field at fault, the actual version, the refusal and so on. */
export type ErrorDetails = { field?: string; retryAfterSeconds?: number } & { [name: string]: Json | undefined };

/** The only error class that crosses a layer. `message` is for people and is safe to send to them. */
export class TidemarkError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TidemarkError';
    this.code = code;
    this.details = details;
  }
}

/** Whether `error` is one of ours, with this code where one is given. */
export function isTidemarkError(error: unknown, code?: ErrorCode): error is TidemarkError {
  return error instanceof TidemarkError && (code === undefined || error.code === code);
}
