import { expect, test } from 'vitest';
import { waterfall } from './waterfall-model.ts';

const steps = [
  { step: 'receive', durationMs: 1 },
  { step: 'append', durationMs: 3 },
  { step: 'project', durationMs: 6 },
];

test('steps stand one after the other and fill the whole', () => {
  const { bars, totalMs } = waterfall(steps);
  expect(totalMs).toBe(10);
  expect(bars.map(({ from, width }) => [from, width])).toEqual([
    [0, 0.1],
    [0.1, 0.3],
    [0.4, 0.6],
  ]);
});

test('events are durable from the end of the append', () => {
  expect(waterfall(steps).durableAt).toBe(0.4);
  expect(waterfall([{ step: 'decide', durationMs: 1 }]).durableAt).toBeNull();
});

test('ticks are even and few', () => {
  expect(waterfall(steps).ticks.map(({ ms }) => ms)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(waterfall([{ step: 'project', durationMs: 1007 }]).ticks.length).toBeLessThanOrEqual(6);
});

test('no time at all is drawn without a division by zero', () => {
  expect(waterfall([{ step: 'receive', durationMs: 0 }]).bars[0]).toMatchObject({ from: 0, width: 0 });
});
