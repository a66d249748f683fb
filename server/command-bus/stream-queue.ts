import { TidemarkError } from '#server/kernel/errors.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

type Waiting<Item> = { item: Item; timer: NodeJS.Timeout; reject(error: unknown): void };

/** Items by stream: those of one stream are worked on in turn, several together, those of different streams at once. */
export type StreamQueues<Item> = {
  /** Rejects with `overloaded` where too many wait, with `deadline-exceeded` where its turn does not come in time. */
  add(streamId: StreamId, item: Item, reject: (error: unknown) => void): void;
  waiting(): number;
  /** Resolves when nothing is worked on and nothing waits. */
  settled(): Promise<void>;
};

export type QueueLimits = {
  /** Items that may wait on all streams together (default 10,000), and on one (default 1,000). */
  waitingMax?: number;
  waitingOnStreamMax?: number;
  /** How long an item may wait for its turn (default 5,000). */
  waitMsMax?: number;
};

/** Items of one stream that are worked on together. */
const TOGETHER_MAX = 128;

/** `work` must not reject: it answers its items itself. */
export function createStreamQueues<Item>(
  work: (streamId: StreamId, items: Item[]) => Promise<void>,
  { waitingMax = 10_000, waitingOnStreamMax = 1_000, waitMsMax = 5_000 }: QueueLimits = {},
): StreamQueues<Item> {
  const queues = new Map<StreamId, Waiting<Item>[]>();
  const running = new Map<StreamId, Promise<void>>();
  let waitingItems = 0;

  async function run(streamId: StreamId, queue: Waiting<Item>[]): Promise<void> {
    while (queue.length > 0) {
      const taken = queue.splice(0, TOGETHER_MAX);
      waitingItems -= taken.length;
      for (const { timer } of taken) clearTimeout(timer);
      await work(
        streamId,
        taken.map(({ item }) => item),
      );
    }
    queues.delete(streamId);
    running.delete(streamId);
  }

  return {
    add(streamId, item, reject) {
      const queue = queues.get(streamId) ?? [];
      if (waitingItems >= waitingMax) return reject(overloaded(`${waitingItems} commands wait already`));
      if (queue.length >= waitingOnStreamMax) {
        return reject(overloaded(`${queue.length} commands wait for ${streamId} already`));
      }
      const expire = () => {
        queue.splice(queue.indexOf(waiting), 1);
        waitingItems -= 1;
        const message = `${streamId} is busy: the command's turn did not come in ${waitMsMax} ms, and it was not decided`;
        reject(new TidemarkError('deadline-exceeded', message, { streamId, retryAfterSeconds: 1 }));
      };
      const waiting: Waiting<Item> = { item, reject, timer: setTimeout(expire, waitMsMax) };
      queue.push(waiting);
      waitingItems += 1;
      if (running.has(streamId)) return;
      queues.set(streamId, queue);
      running.set(
        streamId,
        Promise.resolve().then(() => run(streamId, queue)),
      );
    },
    waiting: () => waitingItems,
    async settled() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

function overloaded(why: string): TidemarkError {
  return new TidemarkError('overloaded', why, { retryAfterSeconds: 1 });
}
