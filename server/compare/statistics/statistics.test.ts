import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapOf, pairedChange } from './bootstrap.ts';
import { createSequence } from './confidence-sequence.ts';
import { decideOutcome } from './decide-outcome.ts';
import { distributionsOf } from './distribution.ts';
import { createRandom, seedOf } from './random.ts';

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('statistics', () => {
  test('the same seed gives the same interval, another seed another', () => {
    const values = Array.from({ length: 50 }, (_, index) => 1 + (index % 7));
    expect(bootstrapOf(values, [0.95], 7)).toEqual(bootstrapOf(values, [0.95], 7));
    expect(bootstrapOf(values, ['mean'], 7)).not.toEqual(bootstrapOf(values, ['mean'], 8));
    expect(seedOf('a')).not.toBe(seedOf('b'));
  });

  test('the bootstrap interval of a mean holds it in nine of ten samples and more', () => {
    const random = createRandom(1);
    const runs = 120;
    let held = 0;
    for (let run = 0; run < runs; run += 1) {
      const values = Array.from({ length: 60 }, () => 10 + normal(random));
      const [mean] = bootstrapOf(values, ['mean'], run);
      if (mean !== undefined && mean.low <= 10 && mean.high >= 10) held += 1;
    }
    expect(held / runs).toBeGreaterThan(0.9);
    expect(held / runs).toBeLessThan(0.99);
  });

  test('pairs cancel what shakes both sides', () => {
    const random = createRandom(2);
    const a = Array.from({ length: 80 }, () => 10 * Math.exp(normal(random)));
    const b = a.map((value) => value * 1.1);
    const { low, estimate, high } = pairedChange(a, b, 'mean', 3);
    expect([low, estimate, high].map((value) => Math.round(value * 1000))).toEqual([100, 100, 100]);
    expect(() => pairedChange([1], [1, 2], 'mean', 3)).toThrow('pairs must be complete');
  });

  test('a confidence sequence that is looked at after every sample is wrong in at most 5 of 100 runs', () => {
    const random = createRandom(4);
    let wrong = 0;
    for (let run = 0; run < 400; run += 1) {
      const sequence = createSequence();
      let left = false;
      for (let sample = 0; sample < 800 && !left; sample += 1) {
        sequence.add(normal(random));
        const interval = sequence.interval();
        left = interval !== undefined && (interval.low > 0 || interval.high < 0);
      }
      if (left) wrong += 1;
    }
    expect(wrong / 400).toBeLessThanOrEqual(0.05);
  });

  test('what an interval says has one answer, and turns round where higher is better', () => {
    const matters = 0.05;
    const lower = { matters, better: 'lower' as const };
    expect(decideOutcome({ low: -0.6, estimate: -0.5, high: -0.4 }, lower)).toBe('b_better');
    expect(decideOutcome({ low: 0.06, estimate: 0.1, high: 0.2 }, lower)).toBe('a_better');
    expect(decideOutcome({ low: -0.01, estimate: 0.01, high: 0.03 }, lower)).toBe('no_difference_that_matters');
    expect(decideOutcome({ low: -0.1, estimate: 0.01, high: 0.2 }, lower)).toBe('not_enough_data');
    expect(decideOutcome({ low: 0.06, estimate: 0.1, high: 0.2 }, { matters, better: 'higher' })).toBe('b_better');
  });

  test('a distribution counts every value once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (values) => {
          const { a, b } = distributionsOf(values, values, 'ms', 1);
          expect(a.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
          expect(a.counts).toEqual(b.counts);
        },
      ),
      { numRuns: 20 },
    );
  });
});
