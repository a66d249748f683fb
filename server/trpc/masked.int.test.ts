import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, ROLE_PERMISSIONS, type Role } from '#server/kernel/caller.ts';
import type { Json } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import { call } from './call.ts';
import { toTidemarkError } from './errors.ts';
import { visibleServices } from './visible-services.ts';

/** What is hidden, and what somebody could guess instead. One event says both in a field that is for everybody. */
const RIGHT = 'kangaroo77';
const WRONG = 'wallabies5';
const ALL = { from: '2026-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' };

/** Questions with a guess in them. Whether it is right must not show in the answer of who may not see the field. */
const GUESSES: [path: string, (guess: string) => object][] = [
  ...['events.list', 'events.density', 'events.facets', 'events.fields', 'search.events', 'search.query'].map(
    (path): [string, (guess: string) => object] => [path, (q) => ({ q })],
  ),
  ['events.timeline', (q) => ({ ...ALL, q })],
  ['events.facetValues', (q) => ({ by: 'stream', q })],
  ['search.query', (q) => ({ q: q.slice(0, 4), limit: 1 })],
  ['search.query', (q) => ({ q: `${q.slice(0, 7)}x${q.slice(8)}` })],
  ...['data.trackingNumber', 'data.guest.passport', 'data.guest["pass\\u0070ort"]', 'data["card-number"]'].map(
    (field): [string, (guess: string) => object] => ['events.list', (guess) => ({ where: `${field} = "${guess}"` })],
  ),
  ['events.density', (guess) => ({ where: `not (data["card\\u002dnumber"] != "${guess}")` })],
  ['streams.bisect', (guess) => ({ streamId: 'order-masked', where: `["tracking\\u004eumber"] starts "${guess}"` })],
  ['readModels.list', (customerId) => ({ name: 'orders', customerId })],
  ['live.events', (q) => ({ after: '0', q })],
  ['live.shared', (q) => ({ after: '0', filters: [{ category: 'none' }, { q }] })],
  ['live.events', (guess) => ({ after: '0', where: `data.guest["pass\\u0070ort"] = "${guess}" or data.last exists` })],
  ['events.export', (q) => ({ q })],
];

let server: TestServer;
let asking: Caller;

function as(role: Role): void {
  const permissions = ROLE_PERMISSIONS[role];
  asking = { kind: 'operator', id: role, name: role, role, permissions, secondFactor: false };
}

/** The answer as text, with either guess as the same word. Of a subscription what comes until the last event. */
async function ask(path: string, input: object): Promise<string> {
  const text = path === 'events.export' ? await exported(input) : await answered(path, input);
  return text
    .replaceAll(/[\ue000\ue001]/g, '')
    .replaceAll(RIGHT, 'GUESS')
    .replaceAll(WRONG, 'GUESS');
}

async function exported(input: object): Promise<string> {
  const query = new URLSearchParams(input as Record<string, string>);
  const answer = await fetch(`${server.origin}/api/v1/events/export?${query}`);
  return answer.text();
}

async function answered(path: string, input: object): Promise<string> {
  const caller = asking;
  const context = {
    services: visibleServices({ services: server.services, caller }),
    requestId: 'asked',
    caller,
    callerNow: async () => caller,
    from: { address: '127.0.0.1', userAgent: undefined },
    signal: AbortSignal.timeout(10_000),
  };
  try {
    const answer = await call(path, input, context);
    if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer))
      return JSON.stringify(answer);
    let text = '';
    for await (const one of answer as AsyncIterable<unknown>) {
      text += JSON.stringify(one);
      if (text.includes('"last":true')) return text;
    }
    return text;
  } catch (error) {
    return toTidemarkError(error).code;
  }
}

async function append(streamId: string, data: Record<string, Json>): Promise<void> {
  const events = [{ eventType: 'Noted', data, metadata: {}, occurredAt: '2026-06-01T00:00:00.000Z' }];
  await server.services.eventStore.append({ streamId: streamId as StreamId, expectedVersion: 'any', events });
}

beforeAll(async () => {
  server = await startServer(async () => asking);
  await server.services.privacy.setMaskedFields(['passport', 'card-number', 'customerId'], 'admin');
  const lines = [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }];
  const send = (commandType: string, streamId: string, data: object) =>
    server.services.commandBus.handle({
      commandType,
      streamId: streamId as StreamId,
      data: data as Record<string, Json>,
      actor: 'ada',
      waitForMs: 20_000,
    });
  await send('PlaceOrder', 'order-masked', { customerId: RIGHT, lines });
  await send('ConfirmOrder', 'order-masked', {});
  await send('ShipOrder', 'order-masked', { carrier: 'DHL', trackingNumber: RIGHT });
  await append('guest-1', { room: 7, guest: { passport: RIGHT, name: 'Ada' }, list: [{ 'card-number': RIGHT }] });
  await append('guest-2', { 'card-number': RIGHT });
  await append('note-1', { note: `${RIGHT} ${WRONG}`, last: true });
  // What it waits for is applied after all that came before it.
  const last = await send('ReceiveStock', 'stock-TEE', { quantity: 1 });
  expect(last.projections.every(({ state }) => state === 'applied')).toBe(true);
});
afterAll(() => server.stop());

describe('a question by which a masked field could be guessed', () => {
  test.each(GUESSES)('%s tells a viewer the same whether the guess is right', async (path, question) => {
    as('viewer');
    expect(await ask(path, question(RIGHT))).toBe(await ask(path, question(WRONG)));
  });

  test('tells the two apart for whoever may reveal, so that these questions would find it', async () => {
    as('admin');
    const same: string[] = [];
    for (const [path, question] of GUESSES) {
      const [right, wrong] = [await ask(path, question(RIGHT)), await ask(path, question(WRONG))];
      if (right === wrong) same.push(`${path} ${JSON.stringify(question('…'))}`);
    }
    expect(same).toEqual([]);
  });

  test('shows nobody the field in what is found by it', async () => {
    as('admin');
    // The audit has what was looked for by an export.
    asking = { ...asking, permissions: asking.permissions.filter((one) => one !== 'audit.read') };
    for (const [path, question] of GUESSES) {
      const text = path === 'events.export' ? await exported(question(RIGHT)) : await answered(path, question(RIGHT));
      const others = text.replaceAll(/[\ue000\ue001]/g, '').replaceAll(`${RIGHT} ${WRONG}`, '');
      const at = others.indexOf(RIGHT);
      expect([path, at < 0 ? 'nowhere' : others.slice(Math.max(0, at - 80), at + 20)]).toEqual([path, 'nowhere']);
    }
  });
});
