import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppRouter } from '#server/trpc/root.ts';
import { startServer, type TestServer } from '#testing/http.ts';

describe('an export that is kept', () => {
  let server: TestServer;
  let client: TRPCClient<AppRouter>;
  beforeAll(async () => {
    server = await startServer();
    client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.origin}/api/trpc` })] });
    for (let from = 0; from < 2500; from += 500) {
      const events = Array.from({ length: 500 }, (_, index) => ({
        eventType: 'Opened',
        data: { n: from + index, note: '=cmd()' },
        metadata: { actor: '=HYPERLINK("x")' },
      }));
      await server.rest('/streams/door-1/events', { json: { expectedVersion: 'any', events } });
    }
  });
  afterAll(() => server.stop());

  const found = async (exportId: string) =>
    (await client.exports.list.query()).find((one) => one.exportId === exportId);
  const state = async (exportId: string) => (await found(exportId))?.state;
  const file = (exportId: string) => fetch(`${server.origin}/api/v1/exports/${exportId}/file`);

  test('is made without its caller, tells how far it is, and gives what the stream of it gives', async () => {
    const begun = await client.exports.start.mutate({ streamId: 'door-1', what: 'all of door-1', expected: 2500 });
    expect(begun).toMatchObject({ state: 'running', what: 'all of door-1', expected: 2500, format: 'ndjson' });
    await expect.poll(() => state(begun.exportId)).toBe('done');
    const done = await found(begun.exportId);
    const streamed = await (await fetch(`${server.origin}/api/v1/events/export?streamId=door-1`)).text();
    expect(done).toMatchObject({ events: 2500, bytes: Buffer.byteLength(streamed), message: null });
    expect(Date.parse(done?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    const answer = await file(begun.exportId);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="tidemark-events-${begun.upTo}.ndjson"`,
    );
    expect(await answer.text()).toBe(streamed);
  });

  test('as CSV has no formula, and is on record with its filter', async () => {
    const { exportId } = await client.exports.start.mutate({ streamId: 'door-1', what: 'door', format: 'csv' });
    await expect.poll(() => state(exportId)).toBe('done');
    const lines = (await (await file(exportId)).text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2501);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
    const recorded = (await server.rest('/audit?act=events.export&outcome=done')).body.entries;
    expect(recorded).toMatchObject([{ input: { streamId: 'door-1', format: 'csv' } }, {}, {}]);
  });

  test('that is removed is gone with its file, and whoever else asks for it finds nothing', async () => {
    const { exportId } = await client.exports.start.mutate({ category: 'door', what: 'door' });
    await client.exports.remove.mutate({ exportId });
    expect(await state(exportId)).toBeUndefined();
    expect((await file(exportId)).status).toBe(404);
    await expect(client.exports.remove.mutate({ exportId })).rejects.toThrow('no such export of yours');
    expect(await server.database.query('select 1 from export_parts where export_id = $1', [exportId])).toEqual([]);

    const mine = await client.exports.start.mutate({ category: 'door', what: 'door' });
    await expect.poll(() => state(mine.exportId)).toBe('done');
    await server.database.query(`update exports set owner_id = 'someone else' where export_id = $1`, [mine.exportId]);
    expect((await file(mine.exportId)).status).toBe(404);
  });

  test('whose process is gone is told as failed; one that is over its day is taken away', async () => {
    const [{ exportId: silent } = { exportId: '' }, { exportId: old } = { exportId: '' }] =
      await server.database.query<{
        exportId: string;
      }>(
        `insert into exports (export_id, owner_kind, owner_id, what, format, up_to, system_events, state, written_at, ended_at)
       select gen_random_uuid(), 'service', 'loopback', 'x', 'csv', 1, false, state, now() - wait, now() - wait
       from (values ('running', interval '2 minutes'), ('done', interval '25 hours')) as t (state, wait)
       returning export_id as "exportId"`,
      );
    await client.exports.list.query();
    expect(await found(silent)).toMatchObject({ state: 'failed', message: 'the process that made it is gone' });
    expect(await found(old)).toBeUndefined();
  });

  test('has nothing of what is redacted after it', async () => {
    const { exportId } = await client.exports.start.mutate({ streamId: 'door-1', what: 'door' });
    await expect.poll(() => state(exportId)).toBe('done');
    const { events } = await client.streams.events.query({ streamId: 'door-1', limit: 1 });
    const globalPosition = events[0]?.globalPosition ?? '';
    await client.privacy.redact.mutate({ globalPosition, reason: 'written by mistake' });
    expect((await file(exportId)).status).toBe(404);
  });

  test('with a filter that is wrong is refused with its field', async () => {
    const wrong = client.exports.start.mutate({ what: 'x', where: 'data.total >' });
    await expect(wrong).rejects.toThrow(/where|value/);
    const { exportId } = await client.exports.start.mutate({ what: 'none', category: 'nothing' });
    await expect.poll(() => state(exportId)).toBe('done');
    expect(await (await file(exportId)).text()).toBe('');
  });
});
