import { describe, expect, test, vi } from 'vitest';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { createStreamQueues } from './stream-queue.ts';

const A = 'order-a' as StreamId;
const B = 'order-b' as StreamId;

/** Queues whose work waits until it is let go. */
function held(limits = {}) {
  const worked: { streamId: StreamId; items: number[] }[] = [];
  const refused: { code: string; message: string }[] = [];
  let release = () => {};
  const queues = createStreamQueues<number>(async (streamId, items) => {
    worked.push({ streamId, items });
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  }, limits);
  const add = (streamId: StreamId, item: number) =>
    queues.add(streamId, item, (error) => refused.push(error as { code: string; message: string }));
  return { queues, worked, refused, add, release: () => release() };
}

describe('queues by stream', () => {
  test('items of one stream go in turn, those that wait together; another stream does not wait', async () => {
    const { queues, worked, add, release } = held();
    add(A, 1);
    await vi.waitFor(() => expect(worked).toHaveLength(1));
    add(A, 2);
    add(A, 3);
    const first = release;
    expect(worked).toEqual([{ streamId: A, items: [1] }]);
    first();
    await vi.waitFor(() => expect(worked).toHaveLength(2));
    expect(worked[1]).toEqual({ streamId: A, items: [2, 3] });
    add(B, 4);
    await vi.waitFor(() => expect(worked[2]).toEqual({ streamId: B, items: [4] }));
    expect(queues.waiting()).toBe(0);
  });

  test('past the bound of a stream, and of all streams, an item is refused with when to come again', async () => {
    const { worked, refused, add } = held({ waitingOnStreamMax: 1, waitingMax: 2 });
    add(A, 1);
    add(B, 2);
    await vi.waitFor(() => expect(worked).toHaveLength(2));
    for (const item of [3, 4]) add(A, item);
    for (const item of [5, 6]) add(B, item);
    expect(refused).toMatchObject([
      { code: 'overloaded', message: '1 commands wait for order-a already', details: { retryAfterSeconds: 1 } },
      { code: 'overloaded', message: '2 commands wait already' },
    ]);
  });

  test('an item whose turn does not come in time is told so and is never worked on', async () => {
    const { queues, worked, refused, add, release } = held({ waitMsMax: 20 });
    add(A, 1);
    await vi.waitFor(() => expect(worked).toHaveLength(1));
    add(A, 2);
    await vi.waitFor(() => expect(refused).toMatchObject([{ code: 'deadline-exceeded', details: { streamId: A } }]));
    expect(queues.waiting()).toBe(0);
    release();
    await queues.settled();
    expect(worked).toHaveLength(1);
  });
});
