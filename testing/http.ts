import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import { createFront } from '#server/http/front.ts';
import type { Authenticate } from '#server/kernel/caller.ts';
import { authenticateLoopback } from './loopback-caller.ts';
import { startTidemark, type TestTidemark } from './tidemark.ts';

export type TestServer = TestTidemark & {
  /** `http://127.0.0.1:<port>`. */
  origin: string;
  /** Asks the REST face; a body makes it a POST. */
  rest(
    path: string,
    init?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string>; json?: unknown },
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
};

/** Tidemark behind its real front, on a free port, with pages that are empty. `sign-in`: whoever shows nothing is refused, as by `npm start`. */
export async function startServer(
  authenticate: Authenticate | 'sign-in' = authenticateLoopback,
  { publicUrl, log = pino({ level: 'silent' }) }: { publicUrl?: string; log?: Logger } = {},
): Promise<TestServer> {
  const tidemark = await startTidemark();
  const server = createFront({
    services: tidemark.services,
    authenticate: authenticate === 'sign-in' ? tidemark.services.identity.authenticate : authenticate,
    pages: async (_, response) => {
      response.writeHead(404).end();
    },
    publicUrl,
    dev: false,
    log,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...tidemark,
    origin,
    async rest(path, { json, ...init } = {}) {
      const body = json === undefined ? (typeof init.body === 'string' ? init.body : undefined) : JSON.stringify(json);
      const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...init.headers };
      const method = init.method ?? (body === undefined ? 'GET' : 'POST');
      const response = await fetch(`${origin}/api/v1${path}`, { ...init, method, headers, body: body ?? null });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await tidemark.stop();
    },
  };
}
