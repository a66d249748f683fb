import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNotifier } from './notify.ts';

/** Stands in for Postgres: each statement is answered `ANSWER_MS` later. */
const ANSWER_MS = 2;

let sent: number[] = [];
let failing = false;
const query = async () => {
  sent.push(performance.now());
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  if (failing) throw new Error('the database is away');
  return [];
};

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  failing = false;
});
afterEach(() => vi.useRealTimers());

/** `count` hints, one every `everyMs`; resolves with when statements went out, from the first hint on. */
async function hint(count: number, everyMs: number, waiters: number): Promise<number[]> {
  const notifier = createNotifier({ query }, 'channel');
  const from = performance.now();
  const all: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    notifier.notify();
    for (let waiter = 0; waiter < waiters; waiter += 1) all.push(notifier.sent());
    await vi.advanceTimersByTimeAsync(everyMs);
  }
  all.push(notifier.sent());
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all(all);
  return sent.map((at) => at - from);
}

test('a hint goes out at once where none was sent lately', async () => {
  expect(await hint(3, 6, 0)).toEqual([0, 6, 12]);
});

test('hints that come often share a statement every 5 ms, and the last is covered', async () => {
  const at = await hint(100, 1, 0);
  expect(at.length).toBeGreaterThan(15);
  expect(at.length).toBeLessThan(25);
  expect(at.at(-1)).toBeGreaterThanOrEqual(99);
});

test('who waits alone is not kept waiting', async () => {
  expect(await hint(5, 3, 1)).toEqual([0, 3, 6, 9, 12]);
});

test('several that wait share the next as well', async () => {
  expect(await hint(4, 3, 2)).toEqual([0, 5, 10]);
});

test('while one is under way, all that come share the next', async () => {
  expect(await hint(2, 1, 1)).toEqual([0, ANSWER_MS]);
});

test('one that fails is no failure of who hinted, and the next goes out', async () => {
  failing = true;
  expect(await hint(2, 10, 1)).toEqual([0, 10]);
});
