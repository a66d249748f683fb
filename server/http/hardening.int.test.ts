import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, ROLE_PERMISSIONS } from '#server/kernel/caller.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import { createLog } from './log.ts';

const VIEWER: Caller = {
  kind: 'operator',
  id: '1',
  name: 'vera',
  role: 'viewer',
  permissions: ROLE_PERMISSIONS.viewer,
  secondFactor: true,
};

const lines: string[] = [];
let server: TestServer;

beforeAll(async () => {
  const log = createLog('info', { write: (line) => lines.push(line) });
  server = await startServer(async () => VIEWER, { publicUrl: 'https://tidemark.example', log });
});
afterAll(() => server.stop());

/** With headers that fetch does not let one set. */
function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  const url = new URL(path, server.origin);
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('every answer', () => {
  test.each(['/api/v1/streams', '/api/v1/nowhere', '/healthz', '/metrics', '/api/trpc/system.info', '/a-page'])(
    '%s says how a browser must treat it',
    async (path) => {
      const { headers } = await fetch(`${server.origin}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      if (path.startsWith('/api/')) {
        expect(policy).toBe(`default-src 'none'; frame-ancestors 'none'`);
      } else {
        for (const directive of [
          `object-src 'none'`,
          `base-uri 'none'`,
          `frame-ancestors 'none'`,
          `default-src 'self'`,
        ]) {
          expect(policy).toContain(directive);
        }
        expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'/);
      }
      expect(policy).not.toContain('unsafe-eval');
      expect(policy.match(/script-src[^;]*/)?.[0] ?? '').not.toContain('unsafe-inline');
      expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test('has a nonce of its own', async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => (await fetch(`${server.origin}/a-page`)).headers.get('content-security-policy')),
    );
    expect(policies[0]).not.toBe(policies[1]);
  });
});

describe('a browser that another page leads here', () => {
  test('asks nothing of the API, and changes nothing', async () => {
    expect(await ask('/api/v1/streams', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('/api/trpc/system.info', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('/api/v1/commands/CancelOrder', { origin: 'https://evil.example' }, 'POST')).toBe(403);
    expect(await ask('/api/v1/commands/CancelOrder', { origin: 'null' }, 'POST')).toBe(403);
    expect(await ask('/api/v1/streams', { 'sec-fetch-site': 'same-origin' })).toBe(200);
    // A link may open a page.
    expect(await ask('/a-page', { 'sec-fetch-site': 'cross-site' })).toBe(404);
  });

  test('does not come by a name that was rebound to this address', async () => {
    expect(await ask('/api/v1/streams', { host: 'rebound.example' })).toBe(403);
    expect(await ask('/api/v1/streams', { host: 'tidemark.example' })).toBe(200);
  });
});

describe('forwarding headers of a client', () => {
  test('do not change where a request comes from', async () => {
    lines.length = 0;
    const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' };
    expect(await ask('/api/v1/gateway', headers)).toBe(403);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ address: '127.0.0.1' });
  });
});

describe('the log', () => {
  test('tells of a refused permission: when, who, from where, under which request', async () => {
    lines.length = 0;
    const answer = await server.rest('/gateway');
    expect(answer.body).toMatchObject({ code: 'permission-denied', permission: 'settings.read' });
    const [entry] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entry).toMatchObject({ refused: 'permission-denied', who: 'vera', address: '127.0.0.1' });
    expect(entry?.requestId).toBe(answer.headers.get('x-request-id'));
    expect(entry?.time).toMatch(/Z$/);
  });

  test('keeps secrets, statements and rows to itself, and one entry to one line', () => {
    lines.length = 0;
    const log = createLog('info', { write: (line) => lines.push(line) });
    const headers = { authorization: 'Bearer s3cret-1', cookie: 'session=s3cret-2' };
    log.info({ headers, body: { password: 's3cret-3', deep: { token: 's3cret-4' } }, code: 's3cret-5' }, 'a\nb');
    const driver = Object.assign(new Error('duplicate key'), {
      detail: 's3cret-6',
      parameters: ['s3cret-7'],
      code: '23505',
    });
    log.error({ err: driver }, 'failed');
    expect(lines.join('')).not.toContain('s3cret');
    expect(lines.join('')).toContain('23505');
    for (const line of lines) expect(line.trimEnd().split('\n')).toHaveLength(1);
  });
});
