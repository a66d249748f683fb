import { TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { z } from 'zod';
import { type ErrorCode, isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { issueWords } from '#server/kernel/issue-words.ts';

type TrpcCode = TRPCError['code'];

/** The one table from our codes to HTTP and tRPC. */
export const ERROR_TABLE: Record<ErrorCode, { status: number; trpc: TrpcCode; title: string }> = {
  'bad-request': { status: 400, trpc: 'BAD_REQUEST', title: 'A value is missing or wrong' },
  'payload-too-large': { status: 413, trpc: 'PAYLOAD_TOO_LARGE', title: 'The body is too large' },
  'not-found': { status: 404, trpc: 'NOT_FOUND', title: 'There is nothing at this address' },
  'unknown-command-type': { status: 404, trpc: 'NOT_FOUND', title: 'No decider knows this command type' },
  'unknown-projection': { status: 404, trpc: 'NOT_FOUND', title: 'There is no such projection' },
  'stream-not-found': { status: 404, trpc: 'NOT_FOUND', title: 'There is no such stream, or no such version' },
  'event-not-found': { status: 404, trpc: 'NOT_FOUND', title: 'There is no event at this position' },
  'command-not-found': { status: 404, trpc: 'NOT_FOUND', title: 'No command was received under this id' },
  'method-not-allowed': { status: 405, trpc: 'METHOD_NOT_SUPPORTED', title: 'The address takes another method' },
  'foreign-origin': { status: 403, trpc: 'FORBIDDEN', title: 'The request comes from another origin' },
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED', title: 'Nobody is signed in' },
  'sign-in-failed': { status: 401, trpc: 'UNAUTHORIZED', title: 'What was given does not sign anybody in' },
  'sign-in-delayed': { status: 429, trpc: 'TOO_MANY_REQUESTS', title: 'Too many tries to sign in' },
  'permission-denied': { status: 403, trpc: 'FORBIDDEN', title: 'A permission is missing' },
  'step-up-required': { status: 403, trpc: 'FORBIDDEN', title: 'The second factor must be shown again' },
  'approval-required': { status: 403, trpc: 'FORBIDDEN', title: 'A second operator must approve' },
  'rate-limited': { status: 429, trpc: 'TOO_MANY_REQUESTS', title: 'Too many requests' },
  'unsupported-media-type': { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE', title: 'The body must be JSON' },
  'expected-version-conflict': { status: 409, trpc: 'CONFLICT', title: 'The stream is at another version' },
  'event-id-reused': { status: 409, trpc: 'CONFLICT', title: 'An event id was used before with other content' },
  'command-id-reused': { status: 409, trpc: 'CONFLICT', title: 'A command id was used before with other content' },
  'command-rejected': { status: 422, trpc: 'UNPROCESSABLE_CONTENT', title: 'A rule refuses the command' },
  'act-refused': { status: 409, trpc: 'CONFLICT', title: 'The projection does not allow it now' },
  'event-unreadable': { status: 422, trpc: 'UNPROCESSABLE_CONTENT', title: 'The event has a shape that is not known' },
  'fold-failed': { status: 422, trpc: 'UNPROCESSABLE_CONTENT', title: 'The state can not be folded' },
  'deadline-exceeded': { status: 504, trpc: 'GATEWAY_TIMEOUT', title: 'The answer did not come in time' },
  'bad-gateway': { status: 502, trpc: 'BAD_GATEWAY', title: 'The service behind this address fails' },
  'service-timeout': { status: 504, trpc: 'GATEWAY_TIMEOUT', title: 'The service behind this address is too slow' },
  'projection-behind': { status: 504, trpc: 'GATEWAY_TIMEOUT', title: 'The projection has not come that far' },
  overloaded: { status: 503, trpc: 'SERVICE_UNAVAILABLE', title: 'Too much is waiting' },
  'database-unavailable': { status: 503, trpc: 'SERVICE_UNAVAILABLE', title: 'The database does not answer' },
  'shutting-down': { status: 503, trpc: 'SERVICE_UNAVAILABLE', title: 'The server is stopping' },
  internal: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', title: 'Something failed that should not' },
};

/** Finds our error in whatever was thrown; what is not ours becomes `internal`, its message kept from the caller. */
export function toTidemarkError(error: unknown): TidemarkError {
  if (isTidemarkError(error)) return error;
  if (error instanceof TRPCError) {
    if (error.cause !== undefined && error.cause !== error) return toTidemarkError(error.cause);
    if (error.code === 'NOT_FOUND') return new TidemarkError('not-found', error.message);
    if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') {
      return new TidemarkError('bad-request', error.message);
    }
  }
  if (error instanceof z.ZodError) return fromZodError(error);
  return new TidemarkError('internal', 'The failure is in the log under this request id', {}, error);
}

/** Wraps for tRPC, which carries the code that clients and HTTP see. */
export function toTrpcError(error: unknown): TRPCError {
  const ours = toTidemarkError(error);
  return new TRPCError({ code: ERROR_TABLE[ours.code].trpc, message: ours.message, cause: ours });
}

/** An error that was made before any procedure was called, in the shape in which tRPC's clients read errors. */
export function toTrpcShape({ code, message, details }: TidemarkError, requestId: string) {
  const { status, trpc } = ERROR_TABLE[code];
  return { code: TRPC_ERROR_CODES_BY_KEY[trpc], message, data: { code, details, requestId, httpStatus: status } };
}

/** Adds code, details and request id to what tRPC sends, and takes the stack away. */
export function formatError<Shape extends { message: string; data: object }>(
  shape: Shape,
  error: TRPCError,
  requestId: string | undefined,
) {
  const ours = toTidemarkError(error);
  return {
    ...shape,
    message: ours.message,
    data: { ...shape.data, stack: undefined, code: ours.code, details: ours.details, requestId: requestId ?? null },
  };
}

/** Names the field, as a path such as `data.lines[0].quantity`, and says what would be right. */
export function fromZodError(error: z.ZodError, prefix = ''): TidemarkError {
  const issue = error.issues[0];
  if (issue === undefined) return new TidemarkError('bad-request', 'The input is not valid');
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path.map(String), issue.keys[0]].join('.');
    return new TidemarkError('bad-request', `${field} is not known here`, { field });
  }
  const field = `${prefix}${formatPath(issue.path, prefix === '')}` || 'body';
  return new TidemarkError('bad-request', `${field}: ${issueWords(issue)}`, { field });
}

function formatPath(path: readonly PropertyKey[], first: boolean): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : first && index === 0 ? String(part) : `.${String(part)}`,
    )
    .join('');
}
