import type { Contestant } from '#bench/contestant.ts';
import { openRawClient, rawRequest } from '#bench/raw-http.ts';
import type { Receipt } from '#server/command-bus/receipt.ts';
import { startWorker } from './start-commands.ts';
import { startServer } from './start-server.ts';
import { connect as connectStore } from './tidemark.ts';
import { checkReceipt, setup as setupBus, WAIT_MS } from './tidemark-bus.ts';

const CONNECTIONS = 64;

export const setup = setupBus;

/** What asks the least of the server: by tRPC a query that gives constants, by REST one that finds a command type. */
const NO_OP: Record<string, string> = {
  'no-op-trpc': '/api/trpc/system.info',
  'no-op-rest': '/api/v1/commands/PlaceOrder',
};

/** Ours over HTTP: the front in a process of its own, the client in this one. `rest` or `trpc`, with the worker. */
export async function connect(url: string, variant: string): Promise<Contestant> {
  const server = await startServer('./serve-tidemark.ts', url);
  const commands = variant === 'rest' || variant === 'trpc';
  const worker = commands ? await startWorker(url) : undefined;
  const client = await openRawClient(server.port, CONNECTIONS);
  const store = await connectStore(url, '');
  return {
    ...store,
    async command({ commandType, ...rest }) {
      const body = { ...rest, waitForMs: WAIT_MS };
      const request =
        variant === 'rest'
          ? rawRequest(`/api/v1/commands/${commandType}`, body)
          : rawRequest('/api/trpc/commands.send', { commandType, ...body });
      const answer = await client.ask(request);
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.slice(0, 500)}`);
      const parsed = JSON.parse(answer.body) as Receipt | { result: { data: Receipt } };
      checkReceipt('result' in parsed ? parsed.result.data : parsed, true);
    },
    served: async (caseName) => ({ port: server.port, path: NO_OP[caseName] ?? '/', cpuMs: server.cpuMs }),
    async close() {
      client.close();
      worker?.stop();
      server.stop();
      await store.close();
    },
  };
}
