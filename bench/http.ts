import type { Contestant } from './contestant.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { openRawClient, rawRequest } from './raw-http.ts';
import { quantile } from './statistics.ts';

/** A procedure that does nothing, 64 clients, beside a bare Node server that sends the same JSON. */
export const http: Comparison = {
  kind: 'comparison',
  title: 'HTTP: requests a second of a procedure that does nothing',
  unit: 'requests/s',
  better: 'higher',
  cases: () => ({ 'no-op-trpc': { clients: 64 }, 'no-op-rest': { clients: 64 } }),
  contestants: ['tidemark-http'],
  limitContestants: ['node-http'],
  turn,
};

async function turn(
  contestant: Contestant,
  { seconds, caseName, parameters }: TurnOptions,
): Promise<Sample | undefined> {
  if (contestant.served === undefined) return undefined;
  const { clients = 64 } = parameters;
  const { port, path, cpuMs } = await contestant.served(caseName);
  const client = await openRawClient(port, clients);
  const request = rawRequest(path);
  const durations: number[] = [];
  const cpuBefore = await cpuMs();
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  async function run(): Promise<void> {
    while (performance.now() < until) {
      const from = performance.now();
      const { status, body } = await client.ask(request);
      if (status !== 200) throw new Error(`${status}: ${body.slice(0, 500)}`);
      durations.push(performance.now() - from);
    }
  }
  await Promise.all(Array.from({ length: clients }, run));
  const elapsed = (performance.now() - startedAt) / 1000;
  const cpu = (await cpuMs()) - cpuBefore;
  client.close();
  return {
    value: durations.length / elapsed,
    p50Ms: quantile(durations, 0.5),
    p99Ms: quantile(durations, 0.99),
    serverCpuUsEach: (cpu * 1000) / durations.length,
  };
}
