import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '#testing/http.ts';

describe('an export', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    for (let from = 0; from < 2500; from += 500) {
      const events = Array.from({ length: 500 }, (_, index) => ({
        eventType: (from + index) % 5 === 0 ? 'Rung' : 'Opened',
        data: { n: from + index, note: '=cmd()' },
        metadata: { actor: '=HYPERLINK("x")' },
      }));
      await server.rest('/streams/door-1/events', { json: { expectedVersion: 'any', events } });
    }
    await server.rest('/streams/lamp-1/events', {
      json: { expectedVersion: 'any', events: [{ eventType: 'Lit', data: {} }] },
    });
  });
  afterAll(() => server.stop());

  const get = (query: string) => fetch(`${server.origin}/api/v1/events/export${query}`);

  test('has every event under the filter once, in the order of the store, as CloudEvents that an import takes', async () => {
    const answer = await get('?category=door');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="tidemark-events-\d+\.ndjson"$/);
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.data.n)).toEqual(Array.from({ length: 2500 }, (_, index) => index));
    expect(lines[0]).toMatchObject({ specversion: '1.0', subject: 'door-1', type: 'Rung' });
  });

  test('of a stream and a type has those alone', async () => {
    const lines = (await (await get('?streamId=door-1&eventType=Rung')).text()).trimEnd().split('\n');
    expect(lines).toHaveLength(500);
    expect(lines.every((line) => JSON.parse(line).type === 'Rung')).toBe(true);
  });

  test('is on record, with its filter', async () => {
    await (await get('?streamId=lamp-1&format=csv')).text();
    const done = async () => (await server.rest('/audit?act=events.export&outcome=done&q=lamp-1')).body.entries;
    await expect.poll(async () => ((await done()) as unknown[]).length).toBe(1);
    expect(await done()).toMatchObject([{ act: 'events.export', input: { streamId: 'lamp-1', format: 'csv' } }]);
  });

  test('as CSV has a head, a line an event, and no formula', async () => {
    const answer = await get('?format=csv&streamId=door-1');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2501);
    expect(lines[0]).toMatch(/^globalPosition,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
  });

  test('goes on after a position', async () => {
    const all = (await (await get('?format=csv&category=door')).text()).trimEnd().split('\r\n');
    const [position] = all[1000]?.split(',') ?? [];
    const rest = (await (await get(`?format=csv&category=door&after=${position}`)).text()).trimEnd().split('\r\n');
    expect(rest.slice(1)).toEqual(all.slice(1001));
  });

  test('of nothing is an empty file, a filter that is wrong a problem that names it', async () => {
    expect(await (await get('?category=nothing')).text()).toBe('');
    const answer = await get('?format=xml');
    expect([answer.status, (await answer.json()).field]).toEqual([400, 'format']);
  });

  test('that is cancelled ends on the server', async () => {
    const controller = new AbortController();
    const answer = await fetch(`${server.origin}/api/v1/events/export`, { signal: controller.signal });
    const reader = answer.body?.getReader();
    await reader?.read();
    controller.abort();
    await expect(reader?.read()).rejects.toThrow();
    expect((await server.rest('/streams')).status).toBe(200);
  });
});
