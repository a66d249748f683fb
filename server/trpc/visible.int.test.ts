import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, ROLE_PERMISSIONS, type Role } from '#server/kernel/caller.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { declaredProcedures } from '#testing/permission-table.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import { call } from './call.ts';
import { toTidemarkError } from './errors.ts';
import { visibleServices } from './visible-services.ts';

const HOUR = { from: '2026-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' };
const SYSTEM = 'privacy-0190';
const ORDER = 'order-visible';

/**
 * What is asked of every procedure that reads, in such a way that it would tell of `privacy-0190` or of the audit.
 * `null`: it tells of no event, no stream and no row.
 */
const QUESTIONS: Record<string, readonly object[] | null> = {
  'streams.list': [{}, { prefix: 'pr' }, { contains: '0190' }, { category: 'privacy' }],
  'streams.recent': [{}, { category: 'audit' }],
  'streams.categories': [{}],
  'streams.events': [{ streamId: SYSTEM }, { streamId: 'audit-operators' }],
  'streams.state': [{ streamId: SYSTEM }],
  'streams.diff': [{ streamId: SYSTEM, from: 0, to: 1 }],
  'streams.bisect': [{ streamId: SYSTEM, where: 'email = "wombat@tidemark.example"' }],
  'streams.fieldChanges': [{ streamId: SYSTEM, path: 'email' }],
  'streams.fieldsOverTime': [{ streamId: SYSTEM }],
  'exports.list': null,
  'events.list': [{}, { category: 'audit' }, { category: 'order,privacy' }, { q: 'wombat' }, { direction: 'backward' }],
  'events.get': [{ globalPosition: '1' }],
  'events.trace': [{ correlationId: 'trace-9' }],
  'events.causation': [{ globalPosition: '1' }],
  'events.mark': null,
  'events.density': [{}, { by: 'eventType' }, { q: 'wombat' }],
  'events.timeline': [HOUR, { ...HOUR, lanesBy: 'stream' }, { ...HOUR, lanesBy: 'actor', q: 'wombat' }],
  'events.facets': [{}, { q: 'wombat' }, { category: 'privacy' }],
  'events.facetValues': [{ by: 'stream' }, { by: 'actor' }, { by: 'correlation' }],
  'events.fields': [{}, { category: 'privacy' }],
  'search.query': [{ q: 'wombat' }, { q: 'wombat', category: 'privacy' }],
  'search.events': [{ q: 'wombat' }, { q: 'Wombat' }, { q: '1' }],
  'readModels.list': [{ name: 'orders' }],
  'readModels.rows': [{ name: 'search' }, { name: 'orders' }],
  'readModels.provenance': [{ name: 'search', key: SYSTEM }],
  'readModels.checkRows': [{ name: 'search' }],
  'readModels.listAsOf': null,
  'commands.types': null,
  'commands.type': null,
  'commands.run': null,
  'commands.runs': [{}],
  'projections.list': null,
  'projections.get': null,
  'projections.lagHistory': null,
  'projections.alerts': null,
  'projections.workers': null,
  'projections.blastRadius': null,
  'projections.completeness': [{ name: 'search' }],
  'parked.groups': [{}],
  'parked.list': [{}],
  'parked.get': [{ projection: 'search', position: '1' }],
  'processes.managers': null,
  'processes.list': [{}],
  'compare.candidates': null,
  'compare.list': [{}],
  'compare.get': null,
  'compare.rows': null,
  'compare.parting': null,
  'compare.blastRadius': null,
  'compare.export': null,
  'live.events': [{ after: '0' }, { after: '0', category: 'privacy' }],
  'live.shared': [
    { after: '0', filters: [{}] },
    { after: '0', filters: [{ category: 'order' }, { category: 'privacy' }] },
  ],
  'live.pulse': null,
  'system.info': null,
  'system.pulse': null,
  'privacy.fields': null,
  'privacy.about': [{ globalPosition: '1' }],
  'account.history': null,
  'account.me': null,
  'account.sessions': null,
};

let tidemark: TestTidemark;

const NAMES_WHAT_IS_HIDDEN = /wombat|audit-operators|privacy-0190|"audit"|"privacy"/i;

function callerOf(role: Role): Caller {
  const permissions = ROLE_PERMISSIONS[role];
  return { kind: 'operator', id: role, name: role, role, permissions, secondFactor: false };
}

/** The answer as text; of a subscription the first one; of a refusal its code. */
async function ask(path: string, input: object, role: Role): Promise<string> {
  const signal = AbortSignal.timeout(10_000);
  const from = { address: '127.0.0.1', userAgent: undefined };
  const caller = callerOf(role);
  const context = {
    services: visibleServices({ services: tidemark.services, caller }),
    requestId: 'asked',
    caller,
    callerNow: async () => caller,
    from,
    signal,
  };
  try {
    const answer = await call(path, input, context);
    if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer))
      return JSON.stringify(answer);
    for await (const one of answer as AsyncIterable<unknown>) return JSON.stringify(one);
    return 'ended';
  } catch (error) {
    return toTidemarkError(error).code;
  }
}

beforeAll(async () => {
  tidemark = await startTidemark();
  const { eventStore, commandBus, audit } = tidemark.services;
  const metadata = { actor: 'wombat', correlationId: 'trace-9' };
  const data = { email: 'wombat@tidemark.example' };
  await eventStore.append({
    streamId: SYSTEM as StreamId,
    expectedVersion: 'no_stream',
    events: [{ eventType: 'WombatSignedIn', data, metadata }],
  });
  const entry = await audit.begin({
    caller: callerOf('admin'),
    act: 'projections.pause',
    reason: 'wombat',
    input: {},
    from: { address: '192.0.2.1', userAgent: undefined },
    requestId: 'trace-9',
  });
  await entry.end('done', {});
  const lines = [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }];
  const receipt = await commandBus.handle({
    commandType: 'PlaceOrder',
    streamId: ORDER,
    data: { customerId: 'cus-1', lines },
    actor: 'ada',
    waitForMs: 20_000,
  });
  expect(receipt.projections.every(({ state }) => state === 'applied')).toBe(true);
});
afterAll(() => tidemark.stop());

describe('streams that only Tidemark writes', () => {
  test('are asked for here by every procedure that a viewer may read with', () => {
    const reading = declaredProcedures().filter(
      ({ kind, permission }) => kind !== 'mutation' && permission && ROLE_PERMISSIONS.viewer.includes(permission),
    );
    expect(Object.keys(QUESTIONS).sort()).toEqual(reading.map(({ path }) => path).sort());
  });

  const questions = Object.entries(QUESTIONS).flatMap(([path, inputs]) =>
    (inputs ?? []).map((input) => ({ path, input })),
  );
  test.each(questions)('are not told of to a viewer by $path of $input', async ({ path, input }) => {
    expect(await ask(path, input, 'viewer')).not.toMatch(NAMES_WHAT_IS_HIDDEN);
  });

  test('are seen with audit.read by the same questions, so that these would find them', async () => {
    const found = new Set<string>();
    for (const { path, input } of questions) {
      if (NAMES_WHAT_IS_HIDDEN.test(await ask(path, input, 'operator'))) found.add(path);
    }
    const tellsNothing = [
      'commands.runs',
      'compare.list',
      'parked.get',
      'parked.groups',
      'parked.list',
      'processes.list',
    ];
    const alone = [
      'projections.completeness',
      'readModels.checkRows',
      'readModels.list',
      'streams.bisect',
      'events.causation',
    ];
    const expected = Object.keys(QUESTIONS).filter(
      (path) => QUESTIONS[path] && ![...tellsNothing, ...alone].includes(path),
    );
    expect(expected.filter((path) => !found.has(path))).toEqual([]);
  });

  test('are refused by name, and other streams are not', async () => {
    expect(await ask('streams.state', { streamId: SYSTEM }, 'viewer')).toBe('permission-denied');
    expect(await ask('events.list', { category: 'audit' }, 'viewer')).toBe('permission-denied');
    expect(await ask('events.get', { globalPosition: '1' }, 'viewer')).toBe('permission-denied');
    expect(await ask('streams.state', { streamId: ORDER }, 'viewer')).toContain('cus-1');
    expect(await ask('events.list', {}, 'viewer')).toContain('OrderPlaced');
    expect(await ask('live.events', { after: '0', category: 'order' }, 'viewer')).toContain('OrderPlaced');
  });
});
