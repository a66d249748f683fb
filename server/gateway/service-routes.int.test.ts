import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '#testing/http.ts';

type Asked = { method: string; url: string; headers: IncomingMessage['headers']; body: string };

/** A team's own service, which tests stop, slow down and make fail. */
class Service {
  readonly asked: Asked[] = [];
  answer: (asked: Asked, response: ServerResponse) => void = (_, response) => json(response, 200, {});
  port = 0;
  private server: Server | undefined;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const asked = { method, url, headers, body: Buffer.concat(chunks).toString() };
        this.asked.push(asked);
        this.answer(asked, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

let server: TestServer;
const service = new Service();
let key = '';

async function route(settings: object): Promise<{ status: number; body: Record<string, unknown> }> {
  return server.rest('/gateway/routes', {
    json: { category: 'loan', url: `http://127.0.0.1:${service.port}/api`, reason: 'a test', ...settings },
  });
}

const send = () => server.rest('/commands/OpenLoan', { json: { streamId: 'loan-1', data: { amount: 5 } } });
const state = (streamId = 'loan-1') => server.rest(`/streams/${streamId}/state?version=3`);
const breaker = async () =>
  ((await server.rest('/gateway')).body.routes as { breaker: string; failures: number }[])[0]?.breaker;

beforeAll(async () => {
  server = await startServer();
  await service.start();
  const set = await route({ timeoutMs: 300, allow: ['127.0.0.1'] });
  expect(set.status).toBe(200);
  key = String(set.body.key);
});
afterEach(() => {
  service.asked.length = 0;
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

describe('a category that another service serves', () => {
  test('has its commands and states asked there, with who asks in a token of that service', async () => {
    const receipt = { commandId: 'x', outcome: 'accepted', streamVersion: 1 };
    service.answer = (_, response) => json(response, 200, receipt);
    expect(await send()).toMatchObject({ status: 200, body: receipt });
    const [asked] = service.asked;
    expect(asked).toMatchObject({ method: 'POST', url: '/api/commands/OpenLoan' });
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({ streamId: 'loan-1', data: { amount: 5 } });
    expect(JSON.parse(asked?.body ?? '').commandId).toMatch(/^[0-9a-f-]{36}$/);

    const [head = '', claims = '', signature] = (asked?.headers.authorization ?? '').replace('Bearer ', '').split('.');
    const expected = createHmac('sha256', Buffer.from(key, 'base64url'))
      .update(`${head}.${claims}`)
      .digest('base64url');
    expect(signature).toBe(expected);
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    expect(said).toMatchObject({ iss: 'tidemark', aud: 'loan', name: 'operator@local', role: 'admin' });
    expect(Number(said.exp) - Number(said.iat)).toBe(60);

    service.answer = (_, response) => json(response, 200, { state: { open: true }, streamVersion: 3 });
    expect((await state()).body).toMatchObject({ state: { open: true } });
    expect(service.asked.at(-1)?.url).toBe('/api/streams/loan-1/state?version=3');
  });

  test('answers its refusals as refusals', async () => {
    const receipt = { outcome: 'rejected', rejection: { code: 'too-poor', message: 'no' }, state: {} };
    service.answer = (_, response) => json(response, 422, { code: 'too-poor', receipt });
    expect(await send()).toMatchObject({ status: 422, body: { code: 'too-poor' } });
    service.answer = (_, response) => json(response, 404, { code: 'stream-not-found', detail: 'no loan of that id' });
    expect(await state()).toMatchObject({
      status: 404,
      body: { code: 'stream-not-found', detail: 'no loan of that id' },
    });
  });

  test('slow: 504 within its time; broken answers: 502; a redirect is not followed', async () => {
    service.answer = () => {};
    const startedAt = performance.now();
    expect(await send()).toMatchObject({ status: 504, body: { code: 'service-timeout', category: 'loan' } });
    expect(performance.now() - startedAt).toBeLessThan(3000);
    service.answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    expect(await send()).toMatchObject({ status: 502, body: { code: 'bad-gateway' } });
    service.answer = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    expect(await send()).toMatchObject({ status: 502 });
    expect(service.asked).toHaveLength(3);
  });

  test('killed and slow by turns: the breaker opens, others are not affected, and it closes by itself', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      if (turn % 2 === 0) await service.stop();
      else {
        await service.start();
        service.answer = () => {};
      }
      expect([502, 504]).toContain((await send()).status);
    }
    await expect
      .poll(async () => {
        await send();
        return breaker();
      })
      .toBe('open');
    service.asked.length = 0;
    const refused = await send();
    expect(refused).toMatchObject({ status: 502, body: { code: 'bad-gateway' } });
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(service.asked).toEqual([]);
    const other = await server.rest('/commands/ReceiveStock', { json: { streamId: 'stock-A', data: { quantity: 1 } } });
    expect(other.status).toBe(200);

    const parts = await server.rest('/batch', {
      json: {
        requests: [
          { id: 'theirs', method: 'GET', path: '/streams/loan-1/state' },
          { id: 'ours', method: 'GET', path: '/streams/stock-A/state' },
        ],
      },
    });
    expect(parts.body.responses).toMatchObject([
      { id: 'theirs', status: 502 },
      { id: 'ours', status: 200 },
    ]);

    service.answer = (_, response) => json(response, 200, { outcome: 'accepted' });
    await expect.poll(async () => (await send()).status, { timeout: 10_000 }).toBe(200);
    expect(await breaker()).toBe('closed');
  });

  test('may not be an internal address that is not listed, at setting and at asking', async () => {
    for (const url of ['http://127.0.0.1:1/x', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://0x7f.1/']) {
      expect(await route({ category: 'other', url })).toMatchObject({ status: 400, body: { field: 'url' } });
    }
    expect(await route({ category: 'other', url: 'file:///etc/passwd' })).toMatchObject({ status: 400 });
    await server.database.query(
      `update gateway_settings set value = jsonb_set(value, '{routes,0,allow}', '[]') where name = 'routes'`,
    );
    await expect.poll(async () => (await send()).status).toBe(502);
  });

  test('is served here again when its route is removed', async () => {
    const removed = await server.rest('/gateway/routes/remove', { json: { category: 'loan', reason: 'a test' } });
    expect(removed.body).toEqual({ removed: true });
    expect(await state()).toMatchObject({ status: 404, body: { code: 'stream-not-found' } });
  });
});
