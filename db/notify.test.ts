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
async function hint(count: number, everyMs: number): Promise<number[]> {
  const notifier = createNotifier({ query }, 'channel');
  const from = performance.now();
  for (let n = 0; n < count; n += 1) {
    notifier.notify();
    await vi.advanceTimersByTimeAsync(everyMs);
  }
  const all = notifier.sent();
  await vi.advanceTimersByTimeAsync(100);
  await all;
  return sent.map((at) => at - from);
}

test('a hint that comes seldom goes out at once', async () => {
  expect(await hint(5, 3)).toEqual([0, 3, 6, 9, 12]);
});

test('hints that come often share a statement every 5 ms, and the last is covered', async () => {
  const at = await hint(100, 1);
  expect(at.length).toBeGreaterThan(15);
  expect(at.length).toBeLessThan(25);
  expect(at.at(-1)).toBeGreaterThanOrEqual(99);
});

test('while one is under way, all that come share the next', async () => {
  expect(await hint(2, 1)).toEqual([0, ANSWER_MS]);
});

test('one that fails is no failure of who hinted, and the next goes out', async () => {
  failing = true;
  expect(await hint(2, 10)).toEqual([0, 10]);
});
