import type { Contestant } from './contestant.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { quantile } from './statistics.ts';

/** An order's way, a command each. */
const STEPS: readonly { commandType: string; data: object }[] = [
  {
    commandType: 'PlaceOrder',
    data: {
      customerId: 'ada',
      lines: [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }],
    },
  },
  { commandType: 'ConfirmOrder', data: {} },
  { commandType: 'ShipOrder', data: { carrier: 'post', trackingNumber: 'T1' } },
  { commandType: 'DeliverOrder', data: {} },
];

let turns = 0;

/**
 * The whole path of a command: validated, decided, appended, recorded, its event in the read model and in the search
 * index, both acknowledged, the state read anew, the receipt in the caller's hands. Each client takes orders of its own
 * through four commands. The limit is the same in the process of the command bus, without HTTP.
 */
export const command: Comparison = {
  kind: 'comparison',
  title: 'Commands up to both acknowledgements: commands a second',
  unit: 'commands/s',
  better: 'higher',
  seconds: 3,
  cases: () => ({ 'clients-64': { clients: 64 }, 'clients-1': { clients: 1 } }),
  contestants: ['tidemark-http:rest', 'tidemark-http:trpc'],
  limitContestants: ['tidemark-bus:projected'],
  turn,
};

async function turn(contestant: Contestant, { seconds, parameters }: TurnOptions): Promise<Sample | undefined> {
  const { command: send } = contestant;
  if (send === undefined) return undefined;
  const { clients = 1 } = parameters;
  turns += 1;
  const run = `${process.pid.toString(36)}t${turns}`;
  const durations: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;

  async function work(client: number): Promise<void> {
    for (let order = 0; performance.now() < until; order += 1) {
      for (const step of STEPS) {
        const from = performance.now();
        await send?.({ ...step, streamId: `order-${run}c${client}n${order}` });
        durations.push(performance.now() - from);
      }
    }
  }

  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const elapsed = (performance.now() - startedAt) / 1000;
  return {
    value: durations.length / elapsed,
    p50Ms: quantile(durations, 0.5),
    p99Ms: quantile(durations, 0.99),
  };
}
