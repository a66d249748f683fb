import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '#testing/http.ts';

const LONG = 'x'.repeat(1_000_000);
const stream = () => `order-${randomUUID()}`;
const event = (data: unknown) => ({ expectedVersion: 'any', events: [{ eventType: 'Happened', data }] });
const place = { customerId: 'ada', lines: [{ sku: 'T', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } }] };
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const rawEvent = (data: string) => `{"expectedVersion":"any","events":[{"eventType":"Happened","data":${data}}]}`;

describe('bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const counted = async () => {
    const [row] = await server.database.query<{ events: string; commands: string }>(
      'select (select count(*) from events) as events, (select count(*) from commands) as commands',
    );
    return row;
  };

  // Path, the field that the answer must name, and the status where it is not 400.
  test.each<[string, string, number?]>([
    ['/streams?limit=0', 'limit'],
    ['/streams?limit=2001', 'limit'],
    ['/streams?limit=ten', 'limit'],
    ['/streams?limit=1&limit=2', 'limit'],
    ['/streams?category=has%20space', 'category'],
    ['/streams?unknown=1', 'unknown'],
    ['/streams/no_dash/events', 'streamId'],
    ['/streams/%24reserved-1/events', 'streamId'],
    ['/streams/order-%00/events', 'streamId'],
    ['/streams/order-%ff/events', 'streamId'],
    [`/streams/order-${'x'.repeat(600)}/events`, 'streamId'],
    ['/streams/order-1/events?after=-1', 'after'],
    ['/streams/order-1/events?after=9223372036854775808', 'after'],
    ['/streams/order-1/events?direction=sideways', 'direction'],
    ['/streams/order-1/state?version=-1', 'version'],
    ['/streams/order-1/state?version=0', 'version'],
    ['/streams/order-1/state?version=9007199254740993', 'version'],
    ['/streams/order-1/state?at=yesterday', 'at'],
    ['/streams/order-1/state?version=1&at=2026-01-01T00:00:00Z', 'at'],
    ['/streams/order-1/state?version=1', 'version', 404],
    ['/streams/order-1/diff?from=2&to=1', 'from'],
    ['/streams/order-1/diff?to=1', 'from'],
    ['/events?after=-1', 'after'],
    ['/events?after=1e9', 'after'],
    ['/events?after=99999999999999', 'after'],
    ['/events?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
    ['/events?from=2026-13-01T00:00:00Z', 'from'],
    ['/events?eventType=<script>', 'eventType[0]'],
    ['/events/-1', 'globalPosition'],
    ['/events/one', 'globalPosition'],
    ['/events/999999999', 'globalPosition', 404],
    ['/events/density?buckets=0', 'buckets'],
    ['/events/density?by=mood', 'by'],
    ['/events/density?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
    ['/events/live?after=x', 'after'],
    ['/events/live?unknown=x', 'unknown'],
    ['/commands?x=1', 'x'],
    ['/commands/FlyOrder', 'commandType', 404],
    ['/commands/runs/1', 'commandId'],
    [`/commands/runs/${randomUUID()}`, 'commandId', 404],
    ['/commands/runs?outcome=lost', 'outcome'],
    ['/read-models/nothing', 'name', 404],
    ['/read-models/orders?status=lost', 'status'],
    ['/read-models/orders?atLeast=-1', 'atLeast'],
    ['/read-models/orders?waitForMs=-1', 'waitForMs'],
    ['/read-models/orders?atLeast=999999&waitForMs=0', 'atLeast', 504],
    ['/search', 'q'],
    ['/search?q=%20', 'q'],
    [`/search?q=${'x'.repeat(300)}`, 'q'],
    ['/search?q=a&limit=101', 'limit'],
    ['/projections/nothing', 'name', 404],
    ['/projections/nothing/lag', 'name', 404],
    ['/projections?x=1', 'x'],
  ])('GET %s names %s', async (path, field, status = 400) => {
    const { status: actual, body, headers } = await server.rest(path);
    expect([actual, body.field ?? (field in body ? field : undefined)]).toEqual([status, field]);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({
      status,
      type: `/problems/${String(body.code)}`,
      requestId: headers.get('x-request-id'),
    });
  });

  test.each<[string, string, unknown, string, number?]>([
    ['U+0000 in data', 'append', event({ a: '\u0000' }), 'events[0].data.a'],
    ['a lone surrogate', 'append', rawEvent('{"a":"\\ud800"}'), 'events[0].data.a'],
    ['2^53+1', 'append', rawEvent('{"a":[9007199254740993]}'), 'events[0].data.a[0]'],
    ['1e400', 'append', rawEvent('{"a":1e400}'), 'events[0].data.a'],
    ['__proto__', 'append', rawEvent('{"__proto__":{"x":1}}'), 'events[0].data'],
    ['depth 100', 'append', rawEvent(deep(100)), `events[0].data${'.a'.repeat(30)}`],
    ['depth 20,000', 'append', rawEvent(deep(20_000)), `events[0].data${'.a'.repeat(30)}`],
    ['a megabyte', 'append', event({ a: LONG }), 'body', 413],
    ['no JSON', 'append', '{', 'body'],
    ['no object', 'append', '[]', 'body'],
    ['no events', 'append', { expectedVersion: 'any', events: [] }, 'events'],
    ['no expected version', 'append', { events: [{ eventType: 'A', data: {} }] }, 'expectedVersion'],
    ['version −1', 'append', { ...event({}), expectedVersion: -1 }, 'expectedVersion'],
    [
      'version 2^63',
      'append',
      `{"expectedVersion":9223372036854775808,"events":[{"eventType":"A","data":{}}]}`,
      'expectedVersion',
    ],
    ['an unknown belief', 'append', { ...event({}), expectedVersion: 'maybe' }, 'expectedVersion'],
    [
      '1,001 events',
      'append',
      { expectedVersion: 'any', events: Array.from({ length: 1001 }, () => ({ eventType: 'A', data: {} })) },
      'events',
    ],
    [
      'an event id that is none',
      'append',
      { expectedVersion: 'any', events: [{ eventId: '1', eventType: 'A', data: {} }] },
      'events[0].eventId',
    ],
    ['data that is a list', 'append', event([]), 'events[0].data'],
    ['a field that nobody knows', 'append', { ...event({}), more: 1 }, 'more'],
    [
      'a time of year 10000',
      'append',
      { expectedVersion: 'any', events: [{ eventType: 'A', data: {}, occurredAt: '+010000-01-01T00:00:00Z' }] },
      'events[0].occurredAt',
    ],
    [
      'a bad second event',
      'append',
      {
        expectedVersion: 'any',
        events: [
          { eventType: 'A', data: {} },
          { eventType: '', data: {} },
        ],
      },
      'events[1].eventType',
    ],
    ['an unknown command', 'FlyOrder', { streamId: 'order-1', data: {} }, 'commandType', 404],
    ['another category', 'PlaceOrder', { streamId: 'stock-1', data: place }, 'streamId'],
    ['no stream', 'PlaceOrder', { data: place }, 'streamId'],
    ['a stream of a megabyte', 'PlaceOrder', { streamId: `order-${'x'.repeat(200_000)}`, data: place }, 'streamId'],
    ['no data', 'PlaceOrder', { streamId: 'order-1' }, 'data.customerId'],
    [
      'a fraction of a cent',
      'PlaceOrder',
      {
        streamId: 'order-1',
        data: { ...place, lines: [{ ...place.lines[0], unitPrice: { amount: 0.5, currency: 'EUR' } }] },
      },
      'data.lines[0].unitPrice.amount',
    ],
    ['U+0000 in a command', 'CancelOrder', { streamId: 'order-1', data: { reason: 'a\u0000b' } }, 'data.reason'],
    ['a command id that is none', 'PlaceOrder', { streamId: 'order-1', data: place, commandId: 'x' }, 'commandId'],
    ['a wait of a day', 'PlaceOrder', { streamId: 'order-1', data: place, waitForMs: 86_400_000 }, 'waitForMs'],
    ['a field that no command has', 'PlaceOrder', { streamId: 'order-1', data: { ...place, more: 1 } }, 'data.more'],
  ])('POST with %s (%s) names the field, and nothing is written', async (_, what, body, field, status = 400) => {
    const before = await counted();
    const path = what === 'append' ? `/streams/${stream()}/events` : `/commands/${what}`;
    const answer = await server.rest(path, typeof body === 'string' ? { body } : { json: body });
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await counted()).toEqual(before);
  });

  test('another content type, method or address is told what would be right', async () => {
    const form = await server.rest('/commands/PlaceOrder', { body: 'a=1', headers: { 'content-type': 'text/plain' } });
    expect([form.status, form.body.code]).toEqual([415, 'unsupported-media-type']);
    const method = await server.rest('/events', { method: 'DELETE' });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET']);
    const batch = await server.rest('/batch', { method: 'DELETE' });
    expect([batch.status, batch.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await server.rest('/openapi.json', { method: 'DELETE' })).status).toBe(405);
    expect((await server.rest('/nowhere')).status).toBe(404);
  });

  test('a detail says what would be right, and a title is true of a stream that has events but not that one', async () => {
    const detail = async (path: string, json?: unknown) => (await server.rest(path, json ? { json } : {})).body.detail;
    expect(await detail('/search')).toBe('q: is missing');
    expect(await detail('/streams?limit=0')).toBe('limit: must be at least 1');
    expect(await detail(`/streams/${stream()}/events`, { events: [] })).toBe('expectedVersion: is missing');
    const path = `/streams/${stream()}`;
    await server.rest(`${path}/events`, { json: event({}) });
    expect((await server.rest(`${path}/state?version=99`)).body).toMatchObject({
      title: 'There is no such stream, or no such version',
      detail: expect.stringContaining('its last version is 1'),
    });
  });

  test('an address past 16 kB is a problem too', async () => {
    const response = await fetch(`${server.origin}/api/v1/streams/order-${'x'.repeat(20_000)}/events`);
    expect(response.status).toBe(431);
    expect(await response.json()).toMatchObject({ code: 'bad-request', field: 'url' });
  });

  test('a page of another origin is refused', async () => {
    const foreign = await server.rest('/commands/PlaceOrder', { json: {}, headers: { origin: 'http://evil.example' } });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign-origin']);
  });

  test('strange but right values are stored and shown as they are', async () => {
    const streamId = `order-\u202e‮<b>'"\\ ${randomUUID()}`;
    const data = {
      html: '<script>alert(1)</script>',
      ansi: '\u001b[31m',
      rtl: '\u202eabc',
      emoji: '👩‍🚀',
      big: 9_007_199_254_740_991,
    };
    const path = `/streams/${encodeURIComponent(streamId)}`;
    expect((await server.rest(`${path}/events`, { json: event(data) })).status).toBe(201);
    expect((await server.rest(`${path}/state`)).body).toMatchObject({ streamId, state: {} });
    const { events } = (await server.rest(`${path}/events`)).body as { events: { data: unknown }[] };
    expect(events[0]?.data).toEqual(data);
  });

  test('a stack never leaves the server, by tRPC either', async () => {
    const response = await fetch(
      `${server.origin}/api/trpc/streams.state?input=${encodeURIComponent('{"streamId":1}')}`,
    );
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toContain('node_modules');
    expect(JSON.parse(text)).toMatchObject({
      error: { data: { code: 'bad-request', details: { field: 'streamId' } } },
    });
  });

  test('a body of a length that nobody told is refused once it is too large, while it is being sent', async () => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(`${server.origin}/api/v1/streams/${stream()}/events`, { method: 'POST', headers });
    const status = new Promise<number | undefined>((resolve, reject) => {
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
    });
    sent.write(LONG.slice(0, 200_000));
    sent.write(LONG.slice(0, 200_000));
    expect(await status).toBe(413);
    sent.destroy();
  });
});
