import type { Contestant } from '#bench/contestant.ts';
import type { Receipt } from '#server/command-bus/receipt.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { startRuntime, startWorker } from './start-commands.ts';
import { connect as connectStore } from './tidemark.ts';

/** Ours, by the command bus in the same process: validated, recorded, with a receipt. */
export async function setup(url: string): Promise<void> {
  const runtime = await startRuntime(url, new AbortController().signal);
  await runtime.close();
}

/** How long a command waits for the projections; one that is not acknowledged by then fails the measurement. */
export const WAIT_MS = 20_000;

/** `projected`: with the worker beside it, so that a command can wait for the projections. */
export async function connect(url: string, variant: string): Promise<Contestant> {
  const runtime = await startRuntime(url, new AbortController().signal);
  const worker = variant === 'projected' ? await startWorker(url) : undefined;
  const store = await connectStore(url, '');
  const { commandBus } = runtime.services;
  const send = (commandType: string, streamId: string, data: object, waitForMs: number) =>
    commandBus.handle({ commandType, streamId: parseStreamId(streamId), data, waitForMs, actor: 'bench' });
  return {
    ...store,
    async increment(streamId) {
      for (;;) {
        try {
          return checkReceipt(await send('ReceiveStock', streamId, { quantity: 1 }, 0), false);
        } catch (error) {
          // The bus has tried often by itself before it says so.
          if (!store.isConflict(error)) throw error;
        }
      }
    },
    async command({ commandType, streamId, data }) {
      checkReceipt(await send(commandType, streamId, data, WAIT_MS), true);
    },
    async close() {
      worker?.stop();
      await store.close();
      await runtime.close();
    },
  };
}

/** Rejects where the command was not accepted, or, where that was asked for, not every projection has applied it. */
export function checkReceipt({ outcome, rejection, projections }: Receipt, acknowledged: boolean): void {
  if (outcome !== 'accepted') throw new Error(`${outcome}: ${rejection?.message}`);
  const late = acknowledged ? projections.find((one) => one.state !== 'applied') : undefined;
  if (late !== undefined) throw new Error(`${late.name} is ${late.state} after ${WAIT_MS} ms`);
  if (acknowledged && projections.length < 2) throw new Error('fewer than two projections acknowledge');
}
