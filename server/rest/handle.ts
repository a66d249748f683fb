import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '#server/kernel/caller.ts';
import { type ErrorCode, TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from '#server/trpc/context.ts';
import { answer, isUnexpected, type RestAnswer } from './answer.ts';
import { answerBatch } from './batch.ts';
import { sendExport, sendKeptExport } from './export.ts';
import { sendLive } from './live.ts';
import { openApiDocument } from './openapi.ts';
import { sendProblem, toProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import { sendJson } from './send-json.ts';

/** What is known of a request that was answered with an error. */
export type OnRefused = (
  code: ErrorCode,
  request: { requestId: string; caller?: Caller; from: { address: string } },
) => void;

export type RestHandler = (request: IncomingMessage, response: ServerResponse, context: Context) => Promise<void>;

const KEPT_EXPORT = /^\/exports\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/file$/;

const NO_QUERY = new URLSearchParams();

/** The method of an address that is no procedure and that no route stands for either. */
function ownMethod(path: string): 'GET' | 'POST' | undefined {
  if (path === '/batch') return 'POST';
  return path === '/openapi.json' || KEPT_EXPORT.test(path) ? 'GET' : undefined;
}

/** Answers everything under `prefix`. `onUnexpected` gets what the caller is not told. */
export function createRestHandler(options: {
  prefix: string;
  version: string;
  onUnexpected(error: unknown, requestId: string): void;
  /** Gets the code of every answer that is an error. */
  onRefused: OnRefused;
}): RestHandler {
  const { prefix, version, onUnexpected, onRefused } = options;
  let document: string | undefined;

  return async (request, response, context) => {
    const { url = '/' } = request;
    const mark = url.indexOf('?');
    const address = mark < 0 ? url : url.slice(0, mark);
    const path = address.slice(prefix.length) || '/';
    const query = mark < 0 ? NO_QUERY : new URLSearchParams(url.slice(mark));
    const method = request.method ?? 'GET';
    const own = ownMethod(path);
    try {
      if (method === 'GET' && path === '/events/live') {
        await sendLive(request, response, { query, context });
      } else if (method === 'GET' && path === '/events/export') {
        await sendExport(response, { query, context });
      } else if (method === 'GET' && KEPT_EXPORT.test(path)) {
        await sendKeptExport(response, { exportId: path.split('/')[2] ?? '', context });
      } else if (method === 'GET' && path === '/openapi.json') {
        document ??= JSON.stringify(openApiDocument(version));
        sendJson(response, 200, undefined, { text: document });
      } else if (own !== undefined && own !== method) {
        response.setHeader('Allow', own);
        throw new TidemarkError('method-not-allowed', `this address takes ${own}, not ${method}`);
      } else {
        const body = method === 'POST' ? await readJson(request) : undefined;
        if (method === 'POST' && path === '/batch') {
          send(response, { status: 200, body: await answerBatch(body, context) });
          return;
        }
        const result = await answer({ method, path, query, body }, context);
        if (result.error) onRefused(result.error.code, context);
        if (result.error && isUnexpected(result.error)) onUnexpected(result.error, context.requestId);
        send(response, result);
      }
    } catch (error) {
      const { problem, error: ours } = toProblem(error, { instance: address, requestId: context.requestId });
      onRefused(ours.code, context);
      if (isUnexpected(ours)) onUnexpected(ours, context.requestId);
      // What was not read of a body that is too large is not waited for.
      if (!request.complete) response.setHeader('Connection', 'close');
      sendProblem(response, problem, ours);
    }
  };
}

function send(response: ServerResponse, { status, body, error, allow }: RestAnswer): void {
  if (allow && allow.length > 0) response.setHeader('Allow', allow.join(', '));
  if (error) {
    sendProblem(response, body as Parameters<typeof sendProblem>[1], error);
    return;
  }
  sendJson(response, status, body);
}
