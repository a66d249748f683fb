import type { IncomingMessage } from 'node:http';
import { getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TidemarkError } from '#server/kernel/errors.ts';
import { readJson } from '#server/rest/read-json.ts';
import { call, factsOf } from '#server/trpc/call.ts';
import type { Context } from '#server/trpc/context.ts';
import { toTrpcError } from '#server/trpc/errors.ts';
import { appRouter } from '#server/trpc/root.ts';

export type PlainCall = { path: string; type: 'query' | 'mutation'; query: URLSearchParams | undefined };

const METHODS = { query: 'GET', mutation: 'POST' };

export type PlainAnswer = { status: number; body: object; error?: TRPCError };

/**
 * The one call of a request that asks for one plain JSON answer; undefined for all others (batches, streams,
 * subscriptions, wrong names and methods), which are tRPC's own adapter's. That makes a web Request, a Response and four
 * streams of each request: twice the processor time of everything else that a small answer takes.
 */
export function readPlainCall(request: IncomingMessage, path: string): PlainCall | undefined {
  const type = factsOf(path)?.type;
  const { headers, method, url = '' } = request;
  if (type === undefined || type === 'subscription' || method !== METHODS[type]) return undefined;
  if (headers['trpc-accept'] !== undefined || headers.accept?.includes('jsonl')) return undefined;
  const mark = url.indexOf('?');
  const query = mark < 0 ? undefined : new URLSearchParams(url.slice(mark + 1));
  if (query?.has('batch')) return undefined;
  return type === 'query' || Number(headers['content-length']) > 0 ? { path, type, query } : undefined;
}

/** Answers it in the shape that tRPC's clients read; never rejects. */
export async function answerPlain(
  request: IncomingMessage,
  { path, type, query }: PlainCall,
  context: Context,
): Promise<PlainAnswer> {
  let input: unknown;
  try {
    try {
      input = type === 'query' ? parseInput(query?.get('input') ?? null) : await readJson(request);
    } catch (error) {
      throw toTrpcError(error);
    }
    return { status: 200, body: { result: { data: await call(path, input, context) } } };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path, input, ctx: context });
    return { status: getHTTPStatusCodeFromError(error), body: { error: shape }, error };
  }
}

function parseInput(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TidemarkError('bad-request', 'input is not JSON', { field: 'input' });
  }
}
