import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { DEFAULT_LIMITS } from '#server/gateway/limits.ts';
import { createFront } from '#server/http/front.ts';
import { authenticateLoopback } from '#testing/loopback-caller.ts';
import { startRuntime } from './start-commands.ts';

/** The web process without pages: the front as `npm start` has it, on a free port, in a process of its own. */
const [url = '', candidates] = process.argv.slice(2);
const shutdown = new AbortController();
const runtime = await startRuntime(url, shutdown.signal, candidates);
// What is measured is how fast requests pass the gateway, not where its limits stop them.
const unlimited = { ratePerSecond: 1_000_000, burst: 10_000_000 };
await runtime.services.gateway.setLimits({ ...DEFAULT_LIMITS, service: unlimited, address: unlimited });
const server = createFront({
  services: runtime.services,
  authenticate: authenticateLoopback,
  pages: async (_, response) => {
    response.writeHead(404).end();
  },
  publicUrl: undefined,
  dev: false,
  log: pino({ level: 'error' }, pino.destination(2)),
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
