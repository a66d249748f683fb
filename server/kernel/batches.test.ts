import { expect, test } from 'vitest';
import { createBatches } from './batches.ts';
import { TidemarkError } from './errors.ts';

test('calls that come while one runs go together in the next, each with its own answer', async () => {
  const runs: number[][] = [];
  const double = createBatches<number, number>(async (items) => {
    runs.push([...items]);
    await Promise.resolve();
    return items.map((item) => item * 2);
  });
  const first = double(1);
  await Promise.resolve();
  await Promise.resolve();
  expect(await Promise.all([first, double(2), double(3)])).toEqual([2, 4, 6]);
  expect(runs).toEqual([[1], [2, 3]]);
});

test('a run takes as many as it may, and the rest goes with the next', async () => {
  const sizes: number[] = [];
  const count = createBatches<number, number>(
    async (items) => {
      sizes.push(items.length);
      return items;
    },
    { itemsMax: 3 },
  );
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map(count));
  expect(sizes).toEqual([3, 3, 1]);
});

test('where one item is at fault the others have their answers', async () => {
  const check = createBatches<number, number>(async (items) => {
    if (items.includes(2)) throw new TidemarkError('bad-request', 'two');
    return items;
  });
  const settled = await Promise.allSettled([1, 2, 3].map(check));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a database that is away is asked once, not once an item', async () => {
  let runs = 0;
  const ask = createBatches<number, number>(async () => {
    runs += 1;
    throw new TidemarkError('database-unavailable', 'away');
  });
  const settled = await Promise.allSettled([1, 2, 3].map(ask));
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
  expect(runs).toBe(1);
});
