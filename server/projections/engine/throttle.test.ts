import { expect, test } from 'vitest';
import { createThrottle } from './throttle.ts';

test('a throttle keeps to its rate over many batches, and owes nothing for the time before it was set', () => {
  let now = 60_000;
  const throttle = createThrottle(() => now);
  expect(throttle.delayMs(5000, null)).toBe(0);
  let events = 0;
  const startedAt = now;
  for (let batch = 0; batch < 40; batch += 1) {
    const size = throttle.batchMax(1000);
    now += 20;
    now += throttle.delayMs(size, 1000);
    events += size;
  }
  const perSecond = (events * 1000) / (now - startedAt);
  expect(perSecond).toBeGreaterThan(950);
  expect(perSecond).toBeLessThan(1060);
});
