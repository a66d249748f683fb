import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRegistry } from '#server/domain/registry.ts';

/** The limit of HTTP: Node's own server that makes the same JSON from an object and sends it, and nothing else. */
const info = { environment: 'local', database: 'embedded Postgres', schema: 'tidemark', version: '0.1.0' };
const bodies = new Map<string, object>([
  ['/api/trpc/system.info', { result: { data: info } }],
  ['/api/v1/commands/PlaceOrder', commandType('PlaceOrder')],
]);

function commandType(name: string): object {
  const { schema: _, jsonSchema, ...type } = createRegistry().commandType(name) ?? {};
  return { ...type, schema: jsonSchema };
}

const server = createServer((request, response) => {
  const body = bodies.get(request.url ?? '');
  const text = JSON.stringify(body ?? {});
  response.writeHead(body ? 200 : 404, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
