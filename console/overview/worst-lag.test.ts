import { expect, test } from 'vitest';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { projectionFixture, pulseFixture } from './pulse-fixtures.ts';
import { worstLag } from './worst-lag.ts';

const behind = (name: string, lagSeconds: number, objectiveSeconds: number): ProjectionStatus => {
  const fixture = projectionFixture(name, { lagSeconds });
  return { ...fixture, lag: { ...fixture.lag, objectiveSeconds } };
};
const worstOf = (...projections: ProjectionStatus[]) =>
  worstLag(pulseFixture({ projections: { ...pulseFixture().projections, projections } }));

test('the worst is the one furthest past its own objective, not the one with most seconds', () => {
  expect(worstOf(behind('orders', 6, 5), behind('archive', 60, 3600))).toEqual({
    name: 'orders',
    seconds: 6,
    objectiveSeconds: 5,
    late: true,
  });
  expect(worstOf(behind('orders', 2, 5))).toMatchObject({ name: 'orders', late: false });
});

test('without any behind the tightest objective is shown', () => {
  expect(worstOf(behind('orders', 0, 5), behind('archive', 0, 1))).toEqual({
    name: null,
    seconds: 0,
    objectiveSeconds: 1,
    late: false,
  });
});
