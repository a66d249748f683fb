import { TidemarkError } from '#server/kernel/errors.ts';

/** SQLSTATEs that our own functions raise; class TM is not used by Postgres. */
export const SQL_STATE = {
  /** DETAIL is the stream's actual version. */
  expectedVersionConflict: 'TM001',
  /** DETAIL is the event id. */
  eventIdReused: 'TM002',
  /** One of a group did not fit its version, so none was appended. */
  groupUnfit: 'TM003',
  uniqueViolation: '23505',
} as const;

/** Failures after which nobody knows in what state the connection is. */
const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);

/** What Postgres says of a value that it can't store: the caller's fault, never ours. */
const BAD_VALUE = new Map([
  ['22021', 'holds characters that Postgres does not store'],
  ['22P05', 'holds \\u0000, which Postgres does not store'],
  ['22003', 'holds a number out of range'],
  ['22008', 'holds a time out of range'],
  ['22007', 'holds a time that is none'],
  ['22P02', 'holds a value of the wrong form'],
  ['54000', 'is too large'],
]);

type ServerError = Error & { code: string; detail?: string };

/** The error's SQLSTATE or connection code, where it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the connection is lost: classes 08 and 57P, 53300, and the driver's and the system's own codes. */
export function isConnectionFailure(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (CONNECTION_CODES.has(code) || /^(08...|57P0[123]|53300)$/.test(code));
}

/** Takes an error of the driver to one of ours; what has no meaning for a caller stays as it is. */
export function toKernelError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof TidemarkError) return error;
  if (isConnectionFailure(error)) {
    return new TidemarkError('database-unavailable', 'the database does not answer', { retryAfterSeconds: 1 }, error);
  }
  const badValue = BAD_VALUE.get(code);
  if (badValue !== undefined) return new TidemarkError('bad-request', `a value ${badValue}`, {}, error);
  if (code === SQL_STATE.expectedVersionConflict) {
    const actualVersion = Number((error as ServerError).detail);
    return new TidemarkError('expected-version-conflict', `the stream is at version ${actualVersion}`, {
      actualVersion,
    });
  }
  return error;
}
