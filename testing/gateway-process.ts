import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createFront } from '#server/http/front.ts';
import { ROLE_PERMISSIONS } from '#server/kernel/caller.ts';
import { createRuntime } from '#server/runtime.ts';

/** A web process without pages, in which everybody is one API key; tests ask several of them at once. */
const [url = ''] = process.argv.slice(2);
const runtime = await createRuntime({
  url,
  schema: 'tidemark',
  embedded: false,
  secret: 'a secret of at least 32 characters',
  workerState: () => ({ state: 'off', restarts: 0 }),
  shutdown: new AbortController().signal,
});
const server = createFront({
  services: runtime.services,
  authenticate: async () => ({
    kind: 'api-key',
    id: 'k1',
    name: 'a key',
    role: 'admin',
    permissions: ROLE_PERMISSIONS.admin,
    secondFactor: false,
  }),
  pages: async (_, response) => {
    response.writeHead(404).end();
  },
  publicUrl: undefined,
  dev: false,
  log: pino({ level: 'silent' }),
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
