import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '#testing/http.ts';

const LINES = [{ sku: 'T', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } }];

/** What a query or a mutation may be asked with: right, wrong, refused by a rule, or no JSON. */
const CALLS: Record<string, { path: string; input?: unknown; body?: unknown; text?: string }> = {
  'a query without input': { path: 'system.info' },
  'a query with input': { path: 'commands.type', input: { commandType: 'PlaceOrder' } },
  'a query about what is not there': { path: 'streams.state', input: { streamId: 'order-none' } },
  'a query whose input is wrong': { path: 'streams.state', input: { streamId: 'order-1', version: -1 } },
  'a query whose input lacks a field': { path: 'streams.state' },
  'a query with a lone surrogate': { path: 'streams.state', input: { streamId: '\ud800' } },
  'a procedure that does not exist': { path: 'streams.nothing' },
  'a query by POST': { path: 'system.info', body: {} },
  'a mutation by GET': { path: 'commands.send' },
  'a mutation whose input is wrong': { path: 'commands.send', body: { commandType: 'PlaceOrder', streamId: 7 } },
  'a mutation of an unknown command': { path: 'commands.send', body: { commandType: 'Nothing', streamId: 'order-1' } },
  'a mutation with __proto__': {
    path: 'commands.send',
    text: '{"commandType":"PlaceOrder","streamId":"order-1","data":{"__proto__":1}}',
  },
  'a mutation without a body': { path: 'commands.send', text: '' },
};

describe('one plain JSON answer', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  /** `adapter`: a header that no client sends takes the request past the plain answer to tRPC's own adapter. */
  async function ask({ path, input, body, text }: (typeof CALLS)[string], adapter: boolean) {
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await fetch(`${server.origin}/api/trpc/${path}${query}`, {
      ...(sent !== undefined && { method: 'POST', body: sent }),
      headers: {
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...(adapter && { 'trpc-accept': '' }),
      },
    });
    const answer = (await response.json()) as { error?: { data: { requestId?: unknown } } };
    if (answer.error) delete answer.error.data.requestId;
    return { status: response.status, type: response.headers.get('content-type'), answer };
  }

  test.each(Object.entries(CALLS))('%s is answered as by the adapter of tRPC', async (_, asked) => {
    const [plain, adapter] = [await ask(asked, false), await ask(asked, true)];
    expect(plain).toEqual(adapter);
    expect(Object.keys(plain.answer)).toHaveLength(1);
  });

  test('a mutation is carried out once, and its answer is the receipt', async () => {
    const body = { commandType: 'PlaceOrder', streamId: 'order-plain', data: { customerId: 'ada', lines: LINES } };
    const { status, answer } = await ask({ path: 'commands.send', body }, false);
    expect([status, answer]).toMatchObject([200, { result: { data: { outcome: 'accepted', streamVersion: 1 } } }]);
  });

  test.each(['input=%7B', 'input='])('an input that is no JSON is refused by name: %s', async (query) => {
    const response = await fetch(`${server.origin}/api/trpc/streams.state?${query}`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { data: { code: 'bad-request', details: { field: 'input' } } } },
    ]);
  });

  test('a body that is too large or no JSON is refused', async () => {
    const send = (text: string) => ask({ path: 'commands.send', text }, false);
    expect((await send(JSON.stringify({ a: 'x'.repeat(300_000) }))).status).toBe(413);
    expect((await send('{')).status).toBe(400);
  });
});
