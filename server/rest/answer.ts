import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { call } from '#server/trpc/call.ts';
import type { Context } from '#server/trpc/context.ts';
import { type Problem, toProblem } from './problem.ts';
import { inputSchema, readQuery } from './procedure-input.ts';
import { type Match, matchRoute } from './routes.ts';

export type RestRequest = { method: string; path: string; query: URLSearchParams; body: unknown };
export type RestAnswer = { status: number; body: unknown; error?: TidemarkError; allow?: string[] };

/** Answers one request by its procedure; never rejects: an error is an answer too. */
export async function answer(request: RestRequest, context: Context): Promise<RestAnswer> {
  const where = { instance: `/api/v1${request.path}`.slice(0, 1024), requestId: context.requestId };
  try {
    const match = matchRoute(request.method, request.path);
    if ('allow' in match) return notTaken(request, match.allow, where);
    const result = await callProcedure(match, request, context);
    return (
      refusal(result, where) ?? {
        status: match.route.statusOf?.(result) ?? (match.route.accepted ? 202 : 200),
        body: result,
      }
    );
  } catch (error) {
    const failed = toProblem(error, where);
    return { status: failed.problem.status, body: failed.problem, error: failed.error };
  }
}

async function callProcedure({ route, parameters }: Match, request: RestRequest, context: Context): Promise<unknown> {
  const { body } = request;
  if (request.method === 'POST' && (typeof body !== 'object' || body === null || Array.isArray(body))) {
    throw new TidemarkError('bad-request', 'the body must be a JSON object', { field: 'body' });
  }
  const input = {
    ...readQuery(route.procedure, request.query),
    ...(request.method === 'POST' ? (body as object) : {}),
    ...decoded(parameters),
  };
  if (inputSchema(route.procedure) !== undefined) return call(route.procedure, input, context);
  const [unknown] = Object.keys(input);
  if (unknown !== undefined) throw new TidemarkError('bad-request', `${unknown} is not known here`, { field: unknown });
  return call(route.procedure, undefined, context);
}

function decoded(parameters: Record<string, string>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(parameters)) {
    try {
      values[name] = decodeURIComponent(parameters[name] ?? '');
    } catch {
      throw new TidemarkError('bad-request', `${name} is not percent-encoded UTF-8`, { field: name });
    }
  }
  return values;
}

/** A command that a rule refuses answers 422, with the refusal's own code and the current state; a question about one does not. */
function refusal(result: unknown, where: { instance: string; requestId: string }): RestAnswer | undefined {
  const receipt = result as { outcome?: string; rejection?: { code: string; message: string }; state?: unknown } | null;
  if (receipt?.outcome !== 'rejected' || receipt.rejection === undefined || /\/runs\/|\/what-if$/.test(where.instance))
    return undefined;
  const error = new TidemarkError('command-rejected', receipt.rejection.message);
  const { problem } = toProblem(error, where, { code: receipt.rejection.code, state: receipt.state, receipt });
  return { status: problem.status, body: problem, error };
}

function notTaken(request: RestRequest, allow: string[], where: { instance: string; requestId: string }): RestAnswer {
  const error =
    allow.length === 0
      ? new TidemarkError('not-found', `nothing is at ${where.instance}`)
      : new TidemarkError('method-not-allowed', `this address takes ${allow.join(', ')}, not ${request.method}`);
  const { problem } = toProblem(error, where);
  return { status: problem.status, body: problem satisfies Problem, error, allow };
}

/** Whether an error is one that only the log may tell in full. */
export function isUnexpected(error: unknown): boolean {
  return isTidemarkError(error, 'internal');
}
