import type { ServerResponse } from 'node:http';
import { isTidemarkError, type TidemarkError } from '#server/kernel/errors.ts';
import { ERROR_TABLE, toTidemarkError } from '#server/trpc/errors.ts';
import { sendJson } from './send-json.ts';

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  requestId: string;
  [extension: string]: unknown;
};

/** An error as RFC 9457 has it. `extensions` may name a code of their own, as refusals do. */
export function toProblem(
  error: unknown,
  { instance, requestId }: { instance: string; requestId: string },
  extensions: Record<string, unknown> = {},
): { problem: Problem; error: TidemarkError } {
  const ours = toTidemarkError(error);
  const { status, title } = ERROR_TABLE[ours.code];
  const { retryAfterSeconds: _, headers: __, ...details } = ours.details;
  const code = typeof extensions.code === 'string' ? extensions.code : ours.code;
  return {
    error: ours,
    problem: {
      ...details,
      ...extensions,
      type: `/problems/${code}`,
      title,
      status,
      detail: ours.message,
      instance,
      code,
      requestId,
    },
  };
}

/** Answers with a problem; says when to come back where that is known. */
export function sendProblem(response: ServerResponse, problem: Problem, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const retryAfter = isTidemarkError(error) ? error.details.retryAfterSeconds : undefined;
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  const headers = isTidemarkError(error) ? (error.details.headers as Record<string, string> | undefined) : undefined;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  sendJson(response, problem.status, problem, { type: 'application/problem+json' });
}
