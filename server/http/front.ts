import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { Logger } from 'pino';
import { type Authenticate, requirePermission } from '#server/kernel/caller.ts';
import { type ErrorCode, TidemarkError } from '#server/kernel/errors.ts';
import { createRestHandler, type OnRefused } from '#server/rest/handle.ts';
import { sendProblem, toProblem } from '#server/rest/problem.ts';
import { BODY_BYTES_MAX, readJson } from '#server/rest/read-json.ts';
import { sendJson } from '#server/rest/send-json.ts';
import type { Context } from '#server/trpc/context.ts';
import { toTidemarkError, toTrpcShape } from '#server/trpc/errors.ts';
import { appRouter } from '#server/trpc/root.ts';
import type { Services } from '#server/trpc/services.ts';
import { Answer } from './answer.ts';
import { answerPlain, readPlainCall } from './answer-plain.ts';
import { enter, restProcedures, trpcProcedures } from './enter.ts';
import { apiHeaders, createOriginGuard, pageHeaders } from './guard.ts';
import { openMetrics } from './metrics.ts';
import { mayOpenPage } from './page-door.ts';

const REST_PREFIX = '/api/v1';
const TRPC_PREFIX = '/api/trpc/';
const AUTH_PREFIX = '/api/auth/';

/** Refusals that tell of somebody who tries what is not theirs. */
const SECURITY_CODES: ReadonlySet<ErrorCode> = new Set([
  'unauthenticated',
  'permission-denied',
  'step-up-required',
  'foreign-origin',
  'rate-limited',
]);

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type FrontOptions = {
  services: Services;
  authenticate: Authenticate;
  /** Pages: everything that is not the API's. */
  pages: PageHandler;
  publicUrl: string | undefined;
  dev: boolean;
  log: Logger;
};

/**
 * The front of the process: request id, origin, headers; then health, REST, tRPC, or a page. The API is answered here
 * and not by Next's route handlers: docs/decisions/0001-http-front.md has the figures.
 */
export function createFront(options: FrontOptions): Server {
  const { services, authenticate, pages, publicUrl, dev, log } = options;
  const onUnexpected = (error: unknown, requestId: string) => {
    const err = causeOf(error);
    // Whoever asked has gone, and the query with them: nothing failed.
    if (err instanceof Error && err.name === 'AbortError') return;
    log.error({ err, requestId }, 'unexpected failure');
  };
  const onRefused: OnRefused = (code, { requestId, caller, from }) => {
    services.gateway.refused(code);
    if (!SECURITY_CODES.has(code)) return;
    log.warn({ refused: code, who: caller?.name ?? null, address: from.address, requestId }, 'refused');
  };
  const onFailed = (error: TidemarkError, context: Context) => {
    onRefused(error.code, context);
    if (error.code === 'internal') onUnexpected(error, context.requestId);
  };
  const rest = createRestHandler({
    prefix: REST_PREFIX,
    version: services.system.info().version,
    onUnexpected,
    onRefused,
  });

  const guardOrigin = createOriginGuard(publicUrl);

  async function answer(request: IncomingMessage, response: Answer, requestId: string): Promise<void> {
    const { url = '/', method = 'GET' } = request;
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    if (path === '/healthz') return sendText(response, 200, 'ok\n');
    guardOrigin(request);
    if (path === '/readyz') return sendReadiness(services, response);
    const entering = { services, authenticate, requestId };
    if (path === '/metrics') {
      return sendMetrics(await enter(request, response, { ...entering, procedures: ['system.pulse'] }), response);
    }
    if (path.startsWith(AUTH_PREFIX)) {
      const answered = await services.identity.answer({
        method,
        path: path.slice(AUTH_PREFIX.length - 1),
        headers: request.headers,
        body: method === 'POST' ? await readJson(request) : undefined,
        address: request.socket.remoteAddress ?? '',
      });
      if (answered.cookies) response.setHeader('Set-Cookie', answered.cookies);
      return sendJson(response, 200, answered.body);
    }
    if (path === REST_PREFIX || path.startsWith(`${REST_PREFIX}/`)) {
      const procedures = restProcedures(method, path.slice(REST_PREFIX.length));
      return rest(request, response, await enter(request, response, { ...entering, procedures }));
    }
    if (path.startsWith(TRPC_PREFIX)) {
      const procedures = path.slice(TRPC_PREFIX.length);
      const named = trpcProcedures(decodedPath(procedures));
      const context = await enter(request, response, { ...entering, procedures: named });
      const plain = readPlainCall(request, procedures);
      if (plain !== undefined) {
        const { status, body, error } = await answerPlain(request, plain, context);
        if (error) onFailed(toTidemarkError(error), context);
        return sendJson(response, status, body);
      }
      return nodeHTTPRequestHandler({
        router: appRouter,
        req: request,
        res: response,
        path: procedures,
        maxBodySize: BODY_BYTES_MAX,
        createContext: () => context,
        onError: ({ error }) => onFailed(toTidemarkError(error), context),
      });
    }
    decodedPath(path);
    if (await mayOpenPage(request, response, { authenticate, dev })) await pages(request, response);
  }

  const headersOfApi = Object.entries(apiHeaders({ dev, publicUrl })).flat();
  const server = createServer({ ServerResponse: Answer }, (request, response) => {
    const requestId = randomUUID();
    if (request.url?.startsWith('/api/')) response.later(headersOfApi);
    else {
      const headers = pageHeaders(randomBytes(16).toString('base64'), { dev, publicUrl });
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      // Next reads the nonce for its own scripts from the request.
      request.headers['content-security-policy'] = headers['Content-Security-Policy'];
    }
    response.later(['X-Request-Id', requestId]);
    if (services.shutdown.aborted) response.setHeader('Connection', 'close');
    answer(request, response, requestId).catch((error: unknown) => {
      const { problem, error: ours } = toProblem(error, { instance: request.url?.slice(0, 1024) ?? '/', requestId });
      onRefused(ours.code, { requestId, from: { address: request.socket.remoteAddress ?? '' } });
      if (ours.code === 'internal') onUnexpected(ours, requestId);
      const shaped = request.url?.startsWith(TRPC_PREFIX)
        ? { ...problem, error: toTrpcShape(ours, requestId) }
        : problem;
      sendProblem(response, shaped, ours);
    });
  });
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 65_000;
  server.on('clientError', refuseBadRequest);
  return server;
}

/** What Node's parser refuses never becomes a request: a head over 16 kB, or what is no HTTP. */
function refuseBadRequest(error: NodeJS.ErrnoException, socket: NodeJS.WritableStream & { writable: boolean }): void {
  if (!socket.writable || error.code === 'ECONNRESET') return;
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLong ? 431 : 400;
  const body = JSON.stringify({
    type: '/problems/bad-request',
    title: tooLong ? 'The address or a header is too long' : 'This is no HTTP request',
    status,
    detail: tooLong ? 'the address and the headers together must be at most 16 kB' : 'the request could not be read',
    instance: '/',
    code: 'bad-request',
    field: tooLong ? 'url' : 'request',
    requestId: randomUUID(),
  });
  const head = `HTTP/1.1 ${status} ${tooLong ? 'Request Header Fields Too Large' : 'Bad Request'}`;
  socket.end(
    `${head}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** The path without its escapes. Next would answer an address such as `/streams/%E0%A4` with a bare 500. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new TidemarkError('bad-request', 'the address has an escape that is no UTF-8', { field: 'url' });
  }
}

async function sendReadiness(services: Services, response: ServerResponse): Promise<void> {
  const readiness = services.shutdown.aborted
    ? { ready: false, checks: [{ name: 'process', ok: false, detail: 'is stopping' }] }
    : await services.system.ready();
  sendJson(response, readiness.ready ? 200 : 503, readiness);
}

async function sendMetrics({ services, caller }: Context, response: ServerResponse): Promise<void> {
  requirePermission(caller, 'system.read');
  const text = openMetrics(await services.pulse.current());
  response.writeHead(200, { 'Content-Type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' });
  response.end(text);
}

async function sendText(response: ServerResponse, status: number, text: string): Promise<void> {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(text);
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}
