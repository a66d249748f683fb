import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { type Caller, ROLE_PERMISSIONS } from '#server/kernel/caller.ts';
import { mayOpenPage } from './page-door.ts';

const HEADER = 'x-tidemark-second-factor-put-off';

async function said(caller: Pick<Caller, 'kind' | 'role' | 'secondFactor'>, given: Record<string, string> = {}) {
  const request = { url: '/', method: 'GET', headers: { ...given }, socket: {} } as unknown as IncomingMessage;
  const whole: Caller = { ...caller, id: 'ada', name: 'ada', permissions: ROLE_PERMISSIONS[caller.role] };
  await mayOpenPage(request, {} as ServerResponse, { authenticate: async () => whole, dev: false });
  return request.headers[HEADER];
}

test('a page is told that the second factor is put off by nobody but the server', async () => {
  const role = 'operator';
  expect(await said({ kind: 'operator', role, secondFactor: false })).toBe('yes');
  expect(await said({ kind: 'operator', role, secondFactor: true }, { [HEADER]: 'yes' })).toBeUndefined();
  expect(await said({ kind: 'operator', role: 'viewer', secondFactor: false })).toBeUndefined();
  expect(await said({ kind: 'api-key', role, secondFactor: false })).toBeUndefined();
});
