import { describe, expect, test } from 'vitest';
import { createSmoothedRate } from './rates.ts';

describe('a smoothed rate', () => {
  test('comes to the rate that lasts, however uneven the samples', () => {
    const rate = createSmoothedRate(1000);
    let at = 0;
    for (let sample = 0; sample < 200; sample += 1) {
      at += 50 + (sample % 7) * 40;
      rate.observe(at / 10, at);
    }
    expect(rate.value()).toBeCloseTo(100, 5);
  });

  test('a burst weighs half as much after each half-life', () => {
    const rate = createSmoothedRate(1000);
    rate.observe(0, 0);
    const burst = rate.observe(1000, 100);
    expect(rate.observe(1000, 1100)).toBeCloseTo(burst / 2, 5);
    expect(rate.observe(1000, 2100)).toBeCloseTo(burst / 4, 5);
  });

  test('a count that fell, as after a restart, begins anew and is no negative rate', () => {
    const rate = createSmoothedRate(1000);
    rate.observe(5000, 0);
    const before = rate.observe(6000, 1000);
    expect(rate.observe(10, 2000)).toBe(before);
    expect(rate.observe(10, 60_000)).toBe(0);
  });
});
