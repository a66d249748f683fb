import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '#server/gateway/limits.ts';
import { ROUTES } from '#server/rest/routes.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import { declaredProcedures } from '#testing/permission-table.ts';

const ACCOUNT = { email: 'ada@example.com', name: 'Ada', password: 'correct horse battery staple' };

let server: TestServer;

beforeAll(async () => {
  server = await startServer('sign-in');
  // The limit of failures is another test's subject; here nothing but failures comes.
  const failure = { ratePerSecond: 10_000, burst: 100_000 };
  await server.services.gateway.setLimits({ ...DEFAULT_LIMITS, failure });
});
afterAll(() => server.stop());

/** By a path as it is, which fetch would mend first. */
function ask(path: string, { method = 'GET', ...headers }: Record<string, string> = {}) {
  const { hostname, port } = new URL(server.origin);
  return new Promise<{ status: number; location: string | undefined; type: string | undefined }>((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      const { location, 'content-type': type } = response.headers;
      response.on('end', () => resolve({ status: response.statusCode ?? 0, location, type }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function post(path: string, body: object, cookie = '') {
  const response = await fetch(`${server.origin}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return { status: response.status, cookie: cookies.join('; ') };
}

describe('whoever shows nothing', () => {
  test('gets no answer of the API but that nobody is signed in', async () => {
    const answers: string[] = [];
    for (const { method, path } of ROUTES) {
      const { status, type } = await ask(`/api/v1${path.replaceAll(/[{}]/g, '')}`, { method });
      answers.push(`${status} ${type}`);
    }
    for (const path of ['/openapi.json', '/batch', '/events/live', '/events/export', '/nowhere']) {
      const { status, type } = await ask(`/api/v1${path}`, { method: path === '/batch' ? 'POST' : 'GET' });
      answers.push(`${status} ${type}`);
    }
    for (const { path } of declaredProcedures()) {
      const { status, type } = await ask(`/api/trpc/${path}`);
      answers.push(`${status} ${type}`);
    }
    answers.push(`${(await ask('/metrics')).status} ${(await ask('/metrics')).type}`);
    expect(answers.length).toBeGreaterThan(150);
    expect(new Set(answers)).toEqual(new Set(['401 application/problem+json']));
  });

  test.each([
    ['/', '/sign-in'],
    ['/streams/order-1?v=2&cmp=1', `/sign-in?next=${encodeURIComponent('/streams/order-1?v=2&cmp=1')}`],
    ['/streams?q=a%20b&_rsc=1x2y', `/sign-in?next=${encodeURIComponent('/streams?q=a+b')}`],
    ['//evil.example/', `/sign-in?next=${encodeURIComponent('/evil.example/')}`],
    ['/\\evil.example', `/sign-in?next=${encodeURIComponent('/evil.example')}`],
    ['/sign-in/../streams', `/sign-in?next=${encodeURIComponent('/sign-in/../streams')}`],
    ['/_next/static/../../streams', `/sign-in?next=${encodeURIComponent('/_next/static/../../streams')}`],
    ['/_next/static/%2e%2e/data', `/sign-in?next=${encodeURIComponent('/_next/static/%2e%2e/data')}`],
    ['/_next/image?url=x', `/sign-in?next=${encodeURIComponent('/_next/image?url=x')}`],
    ['//evil.example/sign-in', `/sign-in?next=${encodeURIComponent('/evil.example/sign-in')}`],
  ])('who opens %s is sent to sign in, and from there to nowhere but here', async (path, location) => {
    expect(await ask(path)).toMatchObject({ status: 303, location });
  });

  test('is told so where it is no page that is asked for', async () => {
    expect((await ask('/streams', { method: 'POST' })).status).toBe(401);
  });

  test.each([
    '/healthz',
    '/readyz',
    '/sign-in',
    '/sign-in?next=%2Fstreams',
    '/welcome',
    '/_next/static/a/%5Bid%5D.js',
    '/icon.svg',
  ])('reaches %s', async (path) => {
    // The test's pages are empty. A server is ready once a worker holds its projections.
    const status = async () => (await ask(path)).status;
    await expect.poll(status, { timeout: 10_000 }).toBe(/^.(healthz|readyz)/.test(path) ? 200 : 404);
  });

  test('does not get in by a wrong cookie, key or token', async () => {
    const { port } = new URL(server.origin);
    const shown: Record<string, string>[] = [
      { cookie: `tidemark-session-${port}=made.up` },
      { authorization: `Bearer tmk_${'x'.repeat(43)}` },
      { authorization: 'Bearer a.b.c' },
      { authorization: 'Basic YTpi' },
    ];
    for (const headers of shown) {
      expect((await ask('/api/v1/streams', headers)).status).toBe(401);
      expect((await ask('/streams', headers)).status).toBe(303);
    }
  });
});

test('the first link lets in, to the console only once the second factor is set up or put off', async () => {
  const link = (await server.services.identity.firstLink()) ?? '';
  const { cookie } = await post('/account', { link, ...ACCOUNT });
  expect(await ask('/streams', { cookie })).toMatchObject({ status: 303, location: '/sign-in?next=%2Fstreams' });
  expect((await ask('/api/v1/streams', { cookie })).status).toBe(403);
  expect((await post('/second-factor/put-off', {}, cookie)).status).toBe(200);
  expect((await ask('/api/v1/streams', { cookie })).status).toBe(200);
  expect((await ask('/streams', { cookie })).status).toBe(404);
});

describe('a live stream ends within 5 s', () => {
  const FACES = ['/api/v1/events/live', '/api/trpc/live.pulse', '/api/trpc/live.events?input=%7B%7D'];

  /** Resolves with all that came, once the server ended it. */
  async function follow(path: string, headers: Record<string, string>) {
    const response = await fetch(server.origin + path, { headers: { accept: 'text/event-stream', ...headers } });
    expect(response.status).toBe(200);
    const startedAt = performance.now();
    return { ended: response.text().then((text) => ({ text, ms: performance.now() - startedAt })) };
  }

  async function signIn(email: string): Promise<string> {
    const admin = await server.services.identity.keys.create(await caller(), { name: 'inviter', role: 'admin' });
    const invited = await server.rest('/operators/invite', {
      json: { email, role: 'viewer', reason: 'a test of it' },
      headers: { authorization: `Bearer ${admin.key}` },
    });
    const link = String(invited.body.link).split('#')[1] ?? '';
    return (await post('/account', { ...ACCOUNT, email, link })).cookie;
  }

  const caller = async () => ({
    kind: 'api-key' as const,
    id: 'test',
    name: 'test',
    role: 'admin' as const,
    permissions: [],
    secondFactor: false,
  });

  test.each(FACES)('%s: when the session is ended elsewhere, the operator disabled, the key revoked', async (path) => {
    const { identity } = server.services;
    const n = FACES.indexOf(path);
    const cookie = await signIn(`ended${n}@example.com`);
    const other = await signIn(`disabled${n}@example.com`);
    const { key, apiKey } = await identity.keys.create(await caller(), { name: `key${n}`, role: 'viewer' });
    const streams = await Promise.all([
      follow(path, { cookie }),
      follow(path, { cookie: other }),
      follow(path, { authorization: `Bearer ${key}` }),
    ]);
    // As another process would do it: nothing here is told.
    await server.database.query('delete from sessions where user_id = (select id from operators where email = $1)', [
      `ended${n}@example.com`,
    ]);
    await server.database.query('update operators set disabled_at = now() where email = $1', [
      `disabled${n}@example.com`,
    ]);
    await server.database.query('update api_keys set revoked_at = now() where id = $1', [apiKey.keyId]);
    for (const { ended } of streams) {
      const { text, ms } = await ended;
      expect(text).toContain('"code":"unauthenticated"');
      expect(ms).toBeLessThan(5000);
    }
    await expect(follow(path, { cookie })).rejects.toThrow();
  });
});
