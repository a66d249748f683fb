import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, httpLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { DEFAULT_LIMITS } from './limits.ts';

async function startProcess(url: string): Promise<{ child: ChildProcess; origin: string }> {
  const child = fork('testing/gateway-process.ts', [url], { execArgv: ['--import', './bin/typescript.mjs'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, origin: `http://127.0.0.1:${port}` };
}

describe('a limit', () => {
  let database: TestDatabase;
  let processes: { child: ChildProcess; origin: string }[];

  beforeAll(async () => {
    database = await createTestDatabase();
    processes = await Promise.all([startProcess(database.url), startProcess(database.url)]);
  });
  afterAll(async () => {
    const ended = processes.map(({ child }) => once(child, 'exit'));
    for (const { child } of processes) child.disconnect();
    await Promise.all(ended);
    await database.drop();
  });

  test('holds across two server processes within a tenth', async () => {
    const limits = { ...DEFAULT_LIMITS, 'api-key': { ratePerSecond: 20, burst: 400 } };
    const [first] = processes;
    const set = await fetch(`${first?.origin}/api/v1/gateway/limits`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ limits, reason: 'a limit for the test' }),
    });
    expect(set.status).toBe(200);
    // The other process reads the setting within a second; its answer shows when it has.
    const [, second] = processes;
    await expect
      .poll(async () => (await fetch(`${second?.origin}/api/v1/streams`)).headers.get('ratelimit-policy'))
      .toBe('"api-key";q=400;w=20');
    await database.database.query('truncate rate_buckets');

    const startedAt = performance.now();
    let admitted = 0;
    let refused: Response | undefined;
    await Promise.all(
      processes.flatMap(({ origin }) =>
        Array.from({ length: 4 }, async () => {
          for (let sent = 0; sent < 100; sent += 1) {
            const answer = await fetch(`${origin}/api/v1/streams`);
            await answer.arrayBuffer();
            if (answer.status === 200) admitted += 1;
            else refused = answer;
          }
        }),
      ),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const allowed = 400 + 20 * seconds;
    expect(Math.abs(admitted - allowed) / allowed).toBeLessThan(0.1);
    expect(refused?.status).toBe(429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.headers.get('ratelimit')).toMatch(/^"api-key";r=\d+;t=\d+$/);
  });

  test('is counted in memory while the database is away, and health still answers', async () => {
    const [first] = processes;
    const status = async () => (await (await fetch(`${first?.origin}/api/v1/gateway`)).json()) as { counting?: string };
    await database.database.query('truncate rate_buckets');
    await database.database.query('alter table rate_buckets rename to rate_buckets_away');
    await expect.poll(async () => (await status()).counting, { timeout: 20_000 }).toBe('memory');
    expect((await fetch(`${first?.origin}/healthz`)).status).toBe(200);
    await database.database.query('alter table rate_buckets_away rename to rate_buckets');
    await expect.poll(async () => (await status()).counting, { timeout: 20_000 }).toBe('shared');
  });
});

describe('whoever is nobody', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(async () => {
      throw new TidemarkError('unauthenticated', 'sign in first');
    });
  });
  afterAll(() => server.stop());

  test('is told so, and slowed by its address after many tries', async () => {
    const answers = [];
    for (let tried = 0; tried < 60; tried += 1) answers.push((await server.rest('/streams')).status);
    expect(answers[0]).toBe(401);
    expect(new Set(answers)).toEqual(new Set([401, 429]));
  });

  test('is told so in the words of tRPC too', async () => {
    for (const link of [httpBatchStreamLink, httpBatchLink, httpLink]) {
      const client = createTRPCClient<AppRouter>({ links: [link({ url: `${server.origin}/api/trpc` })] });
      const asked = client.system.info.query();
      await expect(asked).rejects.toMatchObject({
        data: { code: expect.stringMatching(/^(unauthenticated|rate-limited)$/), requestId: expect.any(String) },
      });
    }
  });

  test('reaches nothing but health', async () => {
    for (const path of ['/api/v1/openapi.json', '/api/trpc/system.info', '/metrics', '/api/v1/events/live']) {
      const { status } = await fetch(`${server.origin}${path}`);
      expect([401, 429]).toContain(status);
    }
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
  });
});

describe('a batch of tRPC', () => {
  test('has at most ten calls', async () => {
    const server = await startServer();
    const ask = (calls: number) =>
      fetch(`${server.origin}/api/trpc/${Array.from({ length: calls }, () => 'system.info').join(',')}?batch=1`);
    expect((await ask(10)).status).toBe(200);
    const refused = await ask(11);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'bad-request', field: 'url' });
    await server.stop();
  });
});
