import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Approval } from '#server/gateway/approvals.ts';
import { type Caller, ROLE_PERMISSIONS } from '#server/kernel/caller.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import type { AuditEntry, ChainVerdict } from './audit.ts';

const BASE: Caller = {
  kind: 'operator',
  id: 'ada',
  name: 'ada',
  role: 'admin',
  permissions: ROLE_PERMISSIONS.admin,
  secondFactor: true,
};

let server: TestServer;
/** Who asks next, and when that one last showed a second factor. */
let asking: Caller;

function ask(id: string, { agoMinutes }: { agoMinutes?: number } = { agoMinutes: 0 }): void {
  const steppedUp =
    agoMinutes === undefined ? {} : { steppedUpAt: new Date(Date.now() - agoMinutes * 60_000).toISOString() };
  asking = { ...BASE, id, name: id, ...steppedUp };
}

async function entries(query = ''): Promise<AuditEntry[]> {
  const { body } = await server.rest(`/audit${query}`);
  return body.entries as AuditEntry[];
}

/** Runs `npm run audit:verify` as an operator would. */
function verifyByShell(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: server.url, TIDEMARK_SECRET: 'x'.repeat(32) };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', './bin/typescript.mjs', 'server/audit/verify-cli.ts', ...args],
      { env },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), output: out + err }),
    );
  });
}

beforeAll(async () => {
  server = await startServer(async () => asking);
  ask('ada');
});
afterAll(() => server.stop());

const pause = (json: object) => server.rest('/projections/orders/pause', { json });
const rebuild = (reason = 'the handler is mended') => server.rest('/projections/orders/rebuild', { json: { reason } });

describe('every act of an operator', () => {
  test('is on record with who, what, why, from where, the request and what became of it', async () => {
    const done = await pause({ reason: 'to look at it' });
    expect(done.status).toBe(202);
    const refused = await pause({ reason: 'to look at it', version: 99 });
    expect(refused.status).toBe(400);
    const [second, first] = await entries('?act=projections.pause');
    expect(first).toMatchObject({
      who: { kind: 'operator', id: 'ada', name: 'ada', role: 'admin' },
      act: 'projections.pause',
      reason: 'to look at it',
      input: { name: 'orders' },
      from: { address: '127.0.0.1' },
      requestId: done.headers.get('x-request-id'),
      outcome: 'done',
      result: { act: 'pause', version: 1 },
    });
    expect(second).toMatchObject({ outcome: 'refused', code: 'bad-request', input: { version: 99 } });
  });

  test('is refused, with the code, where the rule of a command refuses it', async () => {
    const cancelled = await server.rest('/commands/CancelOrder', {
      json: { streamId: 'order-none', data: { reason: 'no' } },
    });
    expect(cancelled.status).toBe(422);
    const [entry] = await entries('?act=commands.send');
    expect(entry).toMatchObject({ outcome: 'refused', code: cancelled.body.code, result: { outcome: 'rejected' } });
  });

  test('is found by who, act, outcome, words and time', async () => {
    expect((await entries('?who=ada&outcome=refused&act=projections&q=LOOK')).length).toBe(1);
    expect(await entries('?who=grace')).toEqual([]);
    expect(await entries('?to=2020-01-01T00:00:00Z')).toEqual([]);
    const page = await server.rest('/audit?limit=1');
    const next = await entries(`?limit=1&before=${String(page.body.nextBefore)}`);
    expect(next[0]?.streamVersion).toBeLessThan((page.body.entries as AuditEntry[])[0]?.streamVersion ?? 0);
  });

  test('can not be done where it can not be recorded, nor forged by an append', async () => {
    await server.database.query('alter function append_event rename to append_event_away');
    const answer = await server.rest('/projections/orders/resume', { json: { reason: 'to go on' } });
    await server.database.query('alter function append_event_away rename to append_event');
    expect(answer.status).toBe(500);
    const events = [{ eventType: 'ActBegun', data: {} }];
    const forged = await server.rest('/streams/audit-operators/events', { json: { expectedVersion: 'any', events } });
    expect(forged).toMatchObject({ status: 400, body: { field: 'streamId' } });
  });

  test('by an operator, a command too, without its data, which may be about people', async () => {
    const data = { quantity: 3 };
    const sent = await server.rest('/commands/ReceiveStock', { json: { streamId: 'stock-A', data } });
    expect(sent.status).toBe(200);
    const [entry] = await entries('?act=commands.send');
    expect(entry?.input).toEqual({ commandType: 'ReceiveStock', streamId: 'stock-A' });
    expect(entry?.result).toMatchObject({ outcome: 'accepted', streamVersion: 1 });
  });
});

describe('a guarded act', () => {
  test('asks for a second factor of the last five minutes, and for a reason', async () => {
    ask('ada', { agoMinutes: 6 });
    expect(await rebuild()).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
    ask('ada', {});
    expect(await rebuild()).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
    ask('ada', { agoMinutes: 4 });
    expect(await rebuild(' ')).toMatchObject({ status: 400, body: { field: 'reason' } });
    expect(await rebuild()).toMatchObject({ status: 202 });
    await server.rest('/projections/orders/cancel', { json: { reason: 'it was a try' } });
  });

  test('waits for a second operator where that is set, is approved once for exactly this input, and says so', async () => {
    ask('ada');
    const rules = { acts: ['projections.rebuild'], reason: 'two pairs of eyes' };
    expect((await server.rest('/approvals/rules', { json: rules })).status).toBe(200);
    const asked = await rebuild();
    expect(asked).toMatchObject({ status: 403, body: { code: 'approval-required' } });
    const approvalId = String(asked.body.approvalId);
    expect((await rebuild()).body.approvalId).toBe(approvalId);
    const decide = () =>
      server.rest(`/approvals/${approvalId}/decide`, { json: { decision: 'approve', reason: 'I looked at it' } });
    expect(await decide()).toMatchObject({ status: 409, body: { code: 'act-refused' } });
    ask('grace', { agoMinutes: 6 });
    expect(await decide()).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
    ask('grace');
    asking = { ...asking, permissions: ['approvals.act'] };
    expect(await decide()).toMatchObject({ status: 403, body: { permission: 'projections.act' } });
    ask('grace');
    const both = await Promise.all([decide(), decide()]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    ask('ada');
    expect((await rebuild('another reason')).body.code).toBe('approval-required');
    expect((await rebuild()).status).toBe(202);
    expect((await rebuild()).body.code).toBe('approval-required');
    const [entry] = await entries('?act=projections.rebuild&outcome=done&q=mended');
    expect(entry).toMatchObject({ who: { name: 'ada' }, approvedBy: 'grace' });
    await server.rest('/approvals/rules', { json: { acts: [], reason: 'enough of it' } });
    await server.rest('/projections/orders/cancel', { json: { reason: 'it was a try' } });
  });

  test('is done with what the page of approvals shows of it, in whatever order its names came back', async () => {
    ask('ada');
    await server.rest('/approvals/rules', { json: { acts: ['projections.rewind'], reason: 'two pairs of eyes' } });
    await server.services.privacy.setMaskedFields(['to'], 'ada');
    const rewind = async (input: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(input) };
      return (await fetch(`${server.origin}/api/trpc/projections.rewind`, sent)).status;
    };
    expect(await rewind({ reason: 'the handler is mended', to: '0', name: 'orders' })).toBe(403);
    const list = async () => (await server.rest('/approvals?limit=1')).body.approvals as Approval[];
    const [asked] = await list();
    ask('grace');
    const decision = { decision: 'approve', reason: 'I looked at it' };
    await server.rest(`/approvals/${asked?.approvalId}/decide`, { json: decision });
    ask('ada');
    expect(await rewind(asked?.input)).toBe(200);
    expect((await list())[0]).toMatchObject({ approvalId: asked?.approvalId, state: 'used' });
    await server.services.privacy.setMaskedFields([], 'ada');
    await server.rest('/approvals/rules', { json: { acts: [], reason: 'enough of it' } });
  });
});

describe('the chain of the audit', () => {
  test('holds over acts of many at once, and breaks at the event that was changed by hand', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => server.rest(`/audit/export?q=${n}`)));
    const whole = (await server.rest('/audit/verify')).body as unknown as ChainVerdict;
    expect(whole.broken).toBeNull();
    expect(whole.links).toBeGreaterThan(24);
    expect(await verifyByShell('--expect', whole.head ?? '')).toMatchObject({ code: 0 });
    expect((await verifyByShell('--expect', 'f'.repeat(64))).code).toBe(1);

    const [changed] = await server.database.query<{ stream_version: string; global_position: string }>(
      `update events set data = jsonb_set(data, '{reason}', '"nothing to see"')
        where stream_id = 'audit-operators' and stream_version = 3 returning stream_version, global_position`,
    );
    const verdict = await verifyByShell();
    expect(verdict.code).toBe(1);
    expect(verdict.output).toContain(`version 3 (position ${changed?.global_position})`);
    expect(verdict.output).toContain('its content is not what was recorded');
  });
});
