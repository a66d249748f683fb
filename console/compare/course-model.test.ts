import { expect, test } from 'vitest';
import { courseChart } from './course-model.ts';

const look = (samples: number, estimate: number, width: number) => ({
  samples,
  change: { low: estimate - width, estimate, high: estimate + width },
});

test('the axis holds what matters on both sides, even where the answer is far within it', () => {
  expect(courseChart([look(10, 0, 0.001), look(20, 0, 0.001)], 0.05).top).toBeCloseTo(0.1);
});

test('the first looks, wide as they are, do not flatten all that came after', () => {
  const course = Array.from({ length: 100 }, (_, index) => look(index + 1, -0.5, 9 / (index + 1)));
  const { bottom, top, points } = courseChart(course, 0.05);
  expect(top).toBeLessThanOrEqual(2);
  expect(points[0]?.band).toEqual([bottom, top]);
});

test('many looks are thinned to 300 points, and the last one is kept', () => {
  const course = Array.from({ length: 5000 }, (_, index) => look(index + 1, -0.1, 0.05));
  const { points, log } = courseChart(course, 0.05);
  expect(points.length).toBeLessThanOrEqual(301);
  expect(points.at(-1)?.x).toBe(5000);
  expect(log).toBe(true);
});
