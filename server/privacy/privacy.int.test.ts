import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Permission, ROLE_PERMISSIONS, type Role } from '#server/kernel/caller.ts';
import { startServer, type TestServer } from '#testing/http.ts';

const LINES = [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 1900, currency: 'EUR' } }];
const PARCEL = 'TRACK-0190-7777';

let server: TestServer;
let asking: Caller;

/** Who asks next: a person by default, with a second factor that was just shown. */
function as(
  role: Role,
  kind: Caller['kind'] = 'operator',
  permissions: readonly Permission[] = ROLE_PERMISSIONS[role],
) {
  const steppedUpAt = new Date().toISOString();
  asking = { kind, id: role, name: `${role}@tidemark.example`, role, permissions, secondFactor: true, steppedUpAt };
}

async function place(streamId: string, data: object = {}, commandId = randomUUID()) {
  const body = { streamId, commandId, data: { customerId: 'cus-1', lines: LINES, ...data }, waitForMs: 20_000 };
  const answer = await server.rest('/commands/PlaceOrder', { json: body });
  expect([200, 201, 202]).toContain(answer.status);
  return answer.body as {
    globalPosition: string;
    commandId: string;
    repeated: boolean;
    state: Record<string, unknown>;
  };
}

const send = (type: string, streamId: string, data: object) =>
  server.rest(`/commands/${type}`, { json: { streamId, data, waitForMs: 20_000 } });

/** Every row of every table of the store and of its read models, as one text: what a dump would have. */
async function dump(): Promise<string> {
  const tables = await server.database.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname like 'tidemark%' order by 1`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) => server.database.query<{ row: string }>(`select t::text as row from ${name} t`)),
  );
  expect(texts.flat().length).toBeGreaterThan(50);
  return JSON.stringify(texts);
}

async function search(q: string): Promise<string[]> {
  const { body } = await server.rest(`/search?q=${encodeURIComponent(q)}`);
  return (body.hits as { streamId: string }[]).map((hit) => hit.streamId);
}

beforeAll(async () => {
  server = await startServer(async () => asking);
  as('admin');
});
afterAll(() => server.stop());

describe('a personal field', () => {
  const person = { customerId: 'cus-grace', recipient: 'Grace Hopperfield', deliveryAddress: '7 Compiler Lane' };
  const WORDS = /Hopperfield|Compiler Lane/;

  test('is nowhere in the database as it was said: not in events, states, commands, read models or search', async () => {
    as('admin');
    const placed = await place('order-grace', person);
    await send('ConfirmOrder', 'order-grace', {});
    await server.rest('/streams/order-grace/state');
    expect(placed.state.recipient).toBe('•••');
    expect(await dump()).not.toMatch(WORDS);
  });

  test('makes the same command the same: a repetition is one, another content is not', async () => {
    const commandId = randomUUID();
    const first = await place('order-twice', person, commandId);
    const again = await place('order-twice', person, commandId);
    expect([again.repeated, again.globalPosition]).toEqual([true, first.globalPosition]);
    const anew = await send('PlaceOrder', 'order-twice', { ...person, lines: LINES });
    expect(anew.body.outcome).toBe('nothing_to_do');
    const other = await send('PlaceOrder', 'order-twice', { ...person, lines: LINES, recipient: 'Someone else' });
    expect(other.body.code).toBe('order-already-placed');
  });

  const counts = () =>
    server.database.query(`select (select count(*) from events) events, (select count(*) from commands) commands,
      (select count(*) from subject_keys) keys`);

  test('is weighed in a dry run as in earnest, which writes nothing and makes no key', async () => {
    const dry = (streamId: string, data: object) =>
      server.rest('/commands/PlaceOrder', { json: { streamId, dryRun: true, data: { lines: LINES, ...data } } });
    await place('order-dry', person);
    const before = await counts();
    expect((await dry('order-dry', person)).body.outcome).toBe('nothing_to_do');
    expect((await dry('order-dry', { ...person, recipient: 'Someone else' })).body.code).toBe('order-already-placed');
    const known = await dry('order-dry-2', person);
    expect(known.body).toMatchObject({ outcome: 'accepted', dryRun: true, state: { recipient: '•••' } });
    const unknown = await dry('order-dry-2', { ...person, customerId: 'cus-never-seen' });
    expect(unknown.body).toMatchObject({ outcome: 'accepted', state: { recipient: '•••' } });
    expect(JSON.stringify([known.body, unknown.body])).not.toMatch(WORDS);
    const whatIf = (version: number, data: object) =>
      server.rest('/commands/PlaceOrder/what-if', {
        json: { streamId: 'order-dry', version, data: { lines: LINES, ...data } },
      });
    expect((await whatIf(1, person)).body.outcome).toBe('nothing_to_do');
    expect((await whatIf(0, person)).body).toMatchObject({ outcome: 'accepted', state: { recipient: '•••' } });
    expect(await counts()).toEqual(before);
    expect(await dump()).not.toMatch(WORDS);
  });

  test('is sealed too where events are appended without a command, and not without whom it is about', async () => {
    const event = (data: object) => ({ expectedVersion: 'any', events: [{ eventType: 'OrderPlaced', data }] });
    const done = await server.rest('/streams/order-appended/events', { json: event({ ...person, lines: LINES }) });
    expect(done.status).toBe(201);
    expect(await dump()).not.toMatch(WORDS);
    const { customerId: _, ...nobody } = person;
    const refused = await server.rest('/streams/order-appended/events', { json: event(nobody) });
    expect([refused.status, refused.body.field]).toEqual([400, 'data.customerId']);
    // Last: what readers ask is kept for a day, as a sample to replay.
    expect(await search('Hopperfield')).toEqual([]);
    expect(await search('order-grace')).toContain('order-grace');
  });

  test('is opened for a program that was given payload.reveal, and masked for one that was not', async () => {
    as('operator', 'api-key');
    expect((await server.rest('/streams/order-grace/state')).body.state).toMatchObject(person);
    as('operator', 'api-key', ['events.read']);
    const masked = { customerId: 'cus-grace', recipient: '•••', deliveryAddress: '•••' };
    expect((await server.rest('/streams/order-grace/state')).body.state).toMatchObject(masked);
  });
});

describe('a masked field', () => {
  beforeAll(async () => {
    as('admin');
    await place('order-parcel');
    await send('ConfirmOrder', 'order-parcel', {});
    await send('ShipOrder', 'order-parcel', { carrier: 'DHL', trackingNumber: PARCEL });
  });

  test.each(['viewer', 'operator', 'admin'] as const)('is shown to no %s in any answer', async (role) => {
    as(role);
    const paths = [
      '/events?streamId=order-parcel',
      '/streams/order-parcel/events',
      '/streams/order-parcel/state',
      '/streams/order-parcel/diff?from=1&to=3',
      '/streams/order-parcel/changes?path=status',
      '/streams/order-parcel/bisect?where=status%3D%22shipped%22',
      '/streams/order-parcel/fields',
      '/events/fields?streamId=order-parcel',
      `/search?q=${PARCEL}`,
      `/search/events?q=${PARCEL}`,
      '/read-models/search/rows?limit=1000',
      '/events/export?streamId=order-parcel',
      '/events/export?streamId=order-parcel&format=csv',
    ];
    for (const path of paths) {
      const answer = await fetch(`${server.origin}/api/v1${path}`);
      const text = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, text.replaceAll(/[\ue000\ue001]/g, '').includes(PARCEL)]).toEqual([path, false]);
    }
    expect((await server.rest('/streams/order-parcel/state')).body.state).toMatchObject({
      carrier: 'DHL',
      trackingNumber: '•••',
    });
  });

  test('says when it changed, and not to what', async () => {
    as('operator');
    const { body } = await server.rest('/streams/order-parcel/changes?path=trackingNumber');
    expect(body.changes).toMatchObject([{ streamVersion: 3, after: '•••' }]);
    const fields = (await server.rest('/streams/order-parcel/fields')).body as { series: { path: string }[] };
    expect(fields.series.find(({ path }) => path === 'trackingNumber')).toMatchObject({ values: [null, null, '•••'] });
  });

  test('is no help to a viewer who would guess it by conditions, words or paths', async () => {
    as('viewer');
    const where = encodeURIComponent(`data.trackingNumber = "${PARCEL}"`);
    expect((await server.rest(`/events?where=${where}`)).status).toBe(403);
    expect((await server.rest('/streams/order-parcel/changes?path=trackingNumber')).status).toBe(403);
    expect((await server.rest(`/events/export?where=${where}`)).status).toBe(403);
    expect((await server.rest(`/events?q=${PARCEL}`)).body.events).toEqual([]);
    expect(await search(PARCEL)).toEqual([]);
    expect((await server.rest(`/search/events?q=${PARCEL}`)).body.hits).toEqual([]);
    const escaped = encodeURIComponent('data["tracking\\u004eumber"] starts "3"');
    expect((await server.rest(`/events?where=${escaped}`)).status).toBe(403);
    as('operator');
    expect((await server.rest(`/events?q=${PARCEL}`)).body.events).toHaveLength(1);
    expect(await search(PARCEL)).toEqual(['order-parcel']);
  });

  test('is revealed with a reason, which stands in the audit with who and what', async () => {
    as('viewer');
    const { body } = await server.rest('/events?streamId=order-parcel&eventType=OrderShipped');
    const [{ globalPosition }] = body.events as [{ globalPosition: string }];
    const reveal = (json: object) => server.rest(`/events/${globalPosition}/reveal`, { json });
    expect((await reveal({ reason: 'curious' })).status).toBe(403);
    as('operator');
    expect((await reveal({})).body.field).toBe('reason');
    const revealed = await reveal({ reason: 'the parcel is lost' });
    expect(revealed.body.data).toEqual({ carrier: 'DHL', trackingNumber: PARCEL });
    const { entries } = (await server.rest('/audit?act=privacy.reveal')).body as { entries: object[] };
    expect(entries[0]).toMatchObject({
      act: 'privacy.reveal',
      who: { name: 'operator@tidemark.example' },
      reason: 'the parcel is lost',
      input: { globalPosition },
      outcome: 'done',
    });
    const state = await server.rest('/streams/order-parcel/reveal', { json: { reason: 'the parcel is lost' } });
    expect(state.body.state).toMatchObject({ trackingNumber: PARCEL });
  });

  test('can be named by an administrator, for events that were imported', async () => {
    as('admin');
    await server.rest('/streams/guest-1/events', {
      json: { expectedVersion: 'any', events: [{ eventType: 'CheckedIn', data: { room: 7, passport: 'P-123' } }] },
    });
    const set = await server.rest('/privacy/fields', { json: { names: ['passport'], reason: 'guests of the hotel' } });
    expect(set.body.fields).toContainEqual({ name: 'passport', category: null, sealedFor: null });
    const events = (await server.rest('/streams/guest-1/events')).body.events as { data: object }[];
    expect(events.map(({ data }) => data)).toEqual([{ room: 7, passport: '•••' }]);
    as('viewer');
    expect(await search('P-123')).toEqual([]);
  });
});

describe('an event that is redacted', () => {
  test('keeps its place and says why; its content is in no table, and no later answer has it', async () => {
    as('admin');
    await place('order-redacted', { customerId: 'cus-unwanted-secret' });
    const confirmed = await send('ConfirmOrder', 'order-redacted', {});
    const events = async () =>
      (await server.rest('/streams/order-redacted/events')).body.events as Record<string, unknown>[];
    const [before] = await events();
    const { body: done, status } = await server.rest(`/events/${String(before?.globalPosition)}/redact`, {
      json: { reason: 'a card number stood in it' },
    });
    expect(status).toBe(200);
    expect(done).toMatchObject({
      streamId: 'order-redacted',
      eventType: 'OrderPlaced',
      commands: 2,
      rows: [
        { name: 'orders', version: 1 },
        { name: 'search', version: 1 },
      ],
      notRemade: [],
    });

    const [after] = await events();
    expect(after).toEqual({
      ...before,
      data: {
        $redacted: { reason: 'a card number stood in it', actor: 'admin@tidemark.example', at: expect.any(String) },
      },
    });
    expect(await dump()).not.toContain('cus-unwanted-secret');
    expect((await server.rest(`/commands/runs/${String(confirmed.body.commandId)}`)).body.state).toHaveProperty(
      '$redacted',
    );

    const state = await server.rest('/streams/order-redacted/state');
    expect(state.body.state).toEqual({ status: 'confirmed', lines: [] });
    const shipped = await send('ShipOrder', 'order-redacted', { carrier: 'DHL', trackingNumber: '1' });
    expect(shipped.body.state).toEqual({ status: 'shipped', lines: [], carrier: 'DHL', trackingNumber: '•••' });
    expect(shipped.body.projections).toMatchObject([{ state: 'applied' }, { state: 'applied' }]);
    expect(await dump()).not.toContain('cus-unwanted-secret');
    expect(await search('cus-unwanted-secret')).toEqual([]);
  });

  test('leaves rows that a fresh replay makes too', async () => {
    for (const name of ['orders', 'search']) {
      const { body } = await server.rest(`/read-models/${name}/check`);
      expect(body.different).toEqual([]);
    }
  });

  test('is refused without a reason, a second time, in the records of Tidemark, and without the permission', async () => {
    as('admin');
    const { body } = await server.rest('/streams/order-redacted/events');
    const [event] = body.events as [{ globalPosition: string }];
    const redact = (position: string, json: object) => server.rest(`/events/${position}/redact`, { json });
    expect((await redact(event.globalPosition, {})).body.field).toBe('reason');
    expect((await redact(event.globalPosition, { reason: 'again' })).body.code).toBe('act-refused');
    expect((await redact('999999', { reason: 'not there' })).status).toBe(404);
    const { entries } = (await server.rest('/audit?act=privacy.redact')).body as {
      entries: { globalPosition: string }[];
    };
    expect((await redact(entries[0]?.globalPosition ?? '', { reason: 'to hide it' })).body.code).toBe('act-refused');
    expect((await server.rest('/audit/verify')).body.broken).toBeNull();
    as('operator');
    expect((await redact(event.globalPosition, { reason: 'may not' })).status).toBe(403);
    as('admin');
    asking = { ...asking, steppedUpAt: new Date(Date.now() - 3_600_000).toISOString() };
    expect((await redact(event.globalPosition, { reason: 'too late' })).body.code).toBe('step-up-required');
  });

  test('is not to be forged by a writer', async () => {
    as('admin');
    const events = [{ eventType: 'Rung', data: { $redacted: { reason: 'x', actor: 'y', at: 'z' } } }];
    const { status, body } = await server.rest('/streams/door-1/events', { json: { expectedVersion: 'any', events } });
    expect([status, body.field]).toEqual([400, 'data']);
  });
});

describe('a person who is forgotten', () => {
  const person = { customerId: 'cus-forget', recipient: 'Blaise Forgettable', deliveryAddress: '3 Pensées Road' };

  test('can be read by nobody from then on, in no process; others are as they were', async () => {
    as('admin');
    const { globalPosition } = await place('order-forget', person);
    await place('order-kept', { customerId: 'cus-kept', recipient: 'Kept Person' });
    const forgotten = await server.rest('/privacy/forget', { json: { subject: 'cus-forget', reason: 'asked for it' } });
    expect([forgotten.status, forgotten.body]).toEqual([200, { keys: 1 }]);

    as('operator', 'api-key');
    expect((await server.rest('/streams/order-forget/state')).body.state).toMatchObject({
      customerId: 'cus-forget',
      recipient: '(forgotten)',
      deliveryAddress: '(forgotten)',
    });
    expect((await server.rest('/streams/order-kept/state')).body.state).toMatchObject({ recipient: 'Kept Person' });
    as('operator');
    const revealed = await server.rest(`/events/${globalPosition}/reveal`, { json: { reason: 'to look' } });
    expect(revealed.body.data).toMatchObject({ recipient: '(forgotten)' });
    expect((await server.rest(`/events/${globalPosition}/privacy`)).body).toMatchObject({
      subject: 'cus-forget',
      sealed: ['recipient', 'deliveryAddress'],
      forgotten: ['recipient', 'deliveryAddress'],
    });
    expect(await dump()).not.toMatch(/Forgettable|Pensées/);
    expect(await server.database.query(`select 1 from subject_keys where forgotten_at is not null`)).toHaveLength(1);
  });

  test('leaves streams that go on: commands are decided, rows are kept, and who comes back has another key', async () => {
    as('admin');
    const confirmed = await send('ConfirmOrder', 'order-forget', {});
    expect(confirmed.body).toMatchObject({
      outcome: 'accepted',
      state: { status: 'confirmed', recipient: '(forgotten)' },
    });
    await place('order-again', person);
    as('operator', 'api-key');
    expect((await server.rest('/streams/order-again/state')).body.state).toMatchObject({
      recipient: 'Blaise Forgettable',
    });
    expect((await server.rest('/streams/order-forget/state')).body.state).toMatchObject({ recipient: '(forgotten)' });
  });

  test('is refused where nothing is sealed, and to who has not got the permission', async () => {
    const forget = (subject: string) => server.rest('/privacy/forget', { json: { subject, reason: 'asked for it' } });
    as('admin');
    expect((await forget('cus-nobody')).status).toBe(404);
    as('operator');
    expect((await forget('cus-kept')).status).toBe(403);
  });
});

describe('what is not private', () => {
  test('costs no key, no statement and no copy', async () => {
    const { privacy } = server.services;
    const data = { orderId: 'order-1', amount: { amount: 1, currency: 'EUR' }, method: 'card' };
    expect(privacy.seal('payment', data)).toBe(data);
    const order = { customerId: 'cus-1', lines: LINES };
    expect(privacy.seal('order', order)).toBe(order);
    const answer = { events: [{ data }] };
    expect(await privacy.shown(answer, 'masked')).toBe(answer);
  });
});
