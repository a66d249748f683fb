import type { Contestant } from '#bench/contestant.ts';
import { startServer } from './start-server.ts';

/** A bare `node:http` server that sends the same JSON: the limit of the `http` measurement. */
export const setup = async (): Promise<void> => {};

const PATHS: Record<string, string> = {
  'no-op-trpc': '/api/trpc/system.info',
  'no-op-rest': '/api/v1/commands/PlaceOrder',
};

export async function connect(): Promise<Contestant> {
  const server = await startServer('./serve-node.ts');
  const refuse = () => Promise.reject(new Error('the bare server stores nothing'));
  return {
    append: refuse,
    isConflict: () => false,
    readStream: refuse,
    seed: refuse,
    served: async (caseName) => ({ port: server.port, path: PATHS[caseName] ?? '/', cpuMs: server.cpuMs }),
    close: async () => server.stop(),
  };
}
