import { expect, test } from 'vitest';
import { createSmoothedRate } from '#server/projections/engine/rates.ts';
import { createCategoryRates } from './category-rates.ts';

test('rates by category add up to the rate in sum, a minute after thousands came at once too', () => {
  const all = createSmoothedRate();
  const byCategory = createCategoryRates(createSmoothedRate);
  const counts = { order: 100, stock: 10, payment: 0 };
  const observe = (atMs: number) => {
    const list = Object.entries(counts).map(([category, count]) => ({ category, count }));
    const shown = counts.payment === 0 ? list.slice(0, 2) : list;
    const rate = all.observe(counts.order + counts.stock + counts.payment, atMs);
    return { rate, categories: byCategory.observe(shown, atMs) };
  };
  expect(observe(0)).toEqual({ rate: 0, categories: [] });
  counts.order += 20_000;
  counts.payment += 4000;
  observe(1000);
  for (let second = 2; second < 60; second += 1) observe(second * 1000);
  counts.stock += 5;
  const { rate, categories } = observe(60_000);
  expect(rate).toBeGreaterThan(10);
  expect(categories.map(({ category }) => category)).toEqual(['order', 'payment', 'stock']);
  expect(categories.reduce((sum, one) => sum + one.rate, 0)).toBeCloseTo(rate, 6);
});
