import { randomUUID } from 'node:crypto';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import { ROUTES } from './routes.ts';
import { type ResponseName, responses } from './schemas.ts';

describe('the REST face', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const happened = { eventType: 'Happened', data: { a: 1 } };
  const append = (streamId: string, body: object) =>
    server.rest(`/streams/${encodeURIComponent(streamId)}/events`, { json: body });

  test('a range with one open end is one too: listed, counted, drawn', async () => {
    const streamId = `range-${randomUUID()}`;
    const events = ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'].map((occurredAt) => ({ ...happened, occurredAt }));
    await append(streamId, { expectedVersion: 'any', events });
    for (const range of ['from=2026-03-02T00:00:00Z', 'to=2026-03-01T12:00:00Z']) {
      const listed = await server.rest(`/events?category=range&${range}`);
      expect([listed.status, (listed.body.events as object[]).length], range).toEqual([200, 1]);
      const counted = async () => (await server.rest(`/events/facets?category=range&${range}`)).body.total;
      await expect.poll(counted, { timeout: 10_000, message: range }).toBe(1);
      const drawn = await server.rest(`/events/density?category=range&by=category&buckets=10&${range}`);
      expect([drawn.status, drawn.body], range).toMatchObject([200, {}]);
    }
  });

  test('every address answers what its schema says', async () => {
    const streamId = `order-${randomUUID()}`;
    const lines = [{ sku: 'T', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } }];
    const placed = await server.rest('/commands/PlaceOrder', {
      json: { streamId, data: { customerId: 'ada', lines }, waitForMs: 10_000 },
    });
    expect(placed.status).toBe(200);
    await server.rest('/commands/ConfirmOrder', { json: { streamId, waitForMs: 10_000 } });
    const values: Record<string, string> = {
      streamId,
      globalPosition: String(placed.body.globalPosition),
      commandId: String(placed.body.commandId),
      correlationId: String(placed.body.commandId),
      commandType: 'PlaceOrder',
      name: 'orders',
      projection: 'orders',
      position: String(placed.body.globalPosition),
    };
    await server.rest('/projections/orders/rebuild', { json: { reason: 'to be compared' } });
    const terms = { hypothesis: 'nothing changes', kind: 'projection', subject: 'orders', a: '1', b: '2' };
    const drafted = await server.rest('/experiments', { json: terms });
    expect([drafted.status, drafted.body]).toMatchObject([200, { status: 'drafted', matters: 0.05 }]);
    values.id = String(drafted.body.id);
    await server.database.query(`insert into comparisons (experiment_id, run, state) values ($1, 1, 'done')`, [
      values.id,
    ]);
    const difference = { table: 'orders', key: streamId, kind: 'changed', a: {}, b: {}, fields: [], cause: 0 };
    await server.database.query(
      'insert into comparison_rows (experiment_id, cause, difference) values ($1, 0, $2::text::jsonb)',
      [values.id, JSON.stringify(difference)],
    );
    const query: Record<string, string> = {
      '/experiments/{id}/parting': `?key=${streamId}`,
      '/experiments/{id}/blast-radius': '?act=promote',
      '/search': '?q=ada',
      '/search/events': '?q=ada',
      '/events/facet-values': '?by=actor',
      '/events/timeline': '?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z',
      '/streams/{streamId}/diff': '?from=1&to=2',
      '/streams/{streamId}/bisect': '?where=status%3D%22confirmed%22',
      '/streams/{streamId}/changes': '?path=status',
      '/projections/{name}/blast-radius': '?act=rebuild',
      '/read-models/{name}/provenance': `?key=${streamId}`,
    };
    await server.database.query(
      `insert into parked (name, version, global_position, stream_id, stream_version, event_type, state, fingerprint, message, stack, last_failed_at, next_retry_at)
       values ('orders', 1, $1, $2, 1, 'OrderPlaced', 'failed', 'abcdefabcdef', 'no total', '', now(), now() + interval '1 hour')`,
      [placed.body.globalPosition, streamId],
    );
    for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
      const name = (key: string) =>
        route.path.startsWith('/projections') && key === 'name' ? 'orders' : (values[key] ?? '');
      const path = route.path.replace(/\{([^}]+)\}/g, (_, key: string) => encodeURIComponent(name(key)));
      const { status, body } = await server.rest(path + (query[route.path] ?? ''));
      expect([route.path, status]).toEqual([route.path, 200]);
      expect([route.path, responses[route.response].safeParse(body).error]).toEqual([route.path, undefined]);
    }
    expect(responses.Receipt.safeParse(placed.body).error).toBeUndefined();
  });

  test('an append answers 201, its repetition 200 with the same positions, a conflict 409 with the actual version', async () => {
    const streamId = `thing-${randomUUID()}`;
    const body = { expectedVersion: 'no_stream', events: [{ ...happened, eventId: randomUUID() }] };
    const first = await append(streamId, body);
    expect([first.status, first.body]).toMatchObject([201, { streamVersion: 1, appended: 1, duplicate: false }]);
    const again = await append(streamId, body);
    expect([again.status, again.body]).toEqual([200, { ...first.body, appended: 0, duplicate: true }]);
    const conflict = await append(streamId, { expectedVersion: 0, events: [happened] });
    expect([conflict.status, conflict.body]).toMatchObject([
      409,
      { code: 'expected-version-conflict', actualVersion: 1 },
    ]);
    const reused = await append(streamId, { ...body, events: [{ ...body.events[0], data: { a: 2 } }] });
    expect([reused.status, reused.body]).toMatchObject([409, { code: 'event-id-reused' }]);
  });

  test('a refusal answers 422 with its code and the current state', async () => {
    const streamId = `stock-${randomUUID()}`;
    await server.rest('/commands/ReceiveStock', { json: { streamId, data: { quantity: 3 } } });
    const refused = await server.rest('/commands/ReserveStock', {
      json: { streamId, data: { orderId: 'o', quantity: 4 } },
    });
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'not-enough-stock', type: '/problems/not-enough-stock', state: { onHand: 3, available: 3 } },
    ]);
  });

  test('a batch answers each part for itself', async () => {
    const { status, body } = await server.rest('/batch', {
      json: {
        requests: [
          { id: 'a', method: 'GET', path: '/streams?limit=1' },
          { id: 'b', method: 'GET', path: '/api/v1/events/one' },
        ],
      },
    });
    expect([status, body]).toMatchObject([
      200,
      {
        responses: [
          { id: 'a', status: 200 },
          { id: 'b', status: 400, body: { field: 'globalPosition' } },
        ],
      },
    ]);
    const many = Array.from({ length: 11 }, (_, n) => ({ id: `${n}`, method: 'GET', path: '/streams' }));
    expect((await server.rest('/batch', { json: { requests: many } })).body).toMatchObject({
      status: 400,
      field: 'requests',
    });
  });

  test('a reader that comes back with its last id has each event once, in order', async () => {
    const category = `live${randomUUID().slice(0, 6)}`;
    const write = (count: number) =>
      append(`${category}-1`, { expectedVersion: 'any', events: Array.from({ length: count }, () => happened) });
    await write(5);
    const first = await readLive(`/events/live?after=0&category=${category}`, {}, 5);
    await write(5);
    const rest = readLive(`/events/live?category=${category}`, { 'last-event-id': first.at(-1)?.id ?? '' }, 7);
    await write(2);
    const versions = [...first, ...(await rest)].map(({ event }) => event.streamVersion);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('a tRPC subscription is tracked by position and goes on from there', async () => {
    const category = `tracked${randomUUID().slice(0, 6)}`;
    await append(`${category}-1`, { expectedVersion: 'any', events: [happened, happened, happened] });
    const client = createTRPCClient<AppRouter>({
      links: [httpSubscriptionLink({ url: `${server.origin}/api/trpc`, EventSource })],
    });
    const collect = (input: { after?: string; lastEventId?: string }, count: number) =>
      new Promise<{ id: string; versions: number[] }>((resolve, reject) => {
        const versions: number[] = [];
        const subscription = client.live.events.subscribe(
          { ...input, category },
          {
            onData(page) {
              versions.push(...page.data.events.map((one) => one.streamVersion));
              if (versions.length < count) return;
              subscription.unsubscribe();
              resolve({ id: page.id, versions });
            },
            onError: reject,
          },
        );
      });
    const first = await collect({ after: '0' }, 3);
    await append(`${category}-1`, { expectedVersion: 'any', events: [happened] });
    const second = await collect({ after: '0', lastEventId: first.id }, 1);
    expect([first.versions, second.versions]).toEqual([[1, 2, 3], [4]]);
  });

  test('the OpenAPI document names every address and refers to nothing that is not there', async () => {
    const { body } = await server.rest('/openapi.json');
    const document = body as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: Record<string, object> };
    };
    expect(document.openapi).toBe('3.1.0');
    for (const { path, method } of ROUTES)
      expect(Object.keys(document.paths[path] ?? {})).toContain(method.toLowerCase());
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name as ResponseName,
    );
    expect(references.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
    expect(references.length).toBeGreaterThan(ROUTES.length);
  });

  test('health, readiness and metrics answer', async () => {
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    expect(metrics).toMatch(/^tidemark_projection_lag_events\{projection="orders"\} \d+$/m);
    expect(metrics.endsWith('# EOF\n')).toBe(true);
  });

  async function readLive(path: string, headers: Record<string, string>, count: number) {
    const stop = new AbortController();
    const response = await fetch(`${server.origin}/api/v1${path}`, { headers, signal: stop.signal });
    const messages: { id: string; event: RecordedEvent }[] = [];
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const id = /^id: (.*)$/m.exec(part)?.[1];
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (id && data) messages.push({ id, event: JSON.parse(data) as RecordedEvent });
      }
      if (messages.length >= count) break;
    }
    stop.abort();
    return messages;
  }
});
