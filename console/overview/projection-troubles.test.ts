import { describe, expect, test } from 'vitest';
import { troubleCounts } from '#console/frame/trouble-counts.ts';
import type { ParkedGroup } from '#server/projections/operations.ts';
import { projectionFixture, pulseFixture, versionFixture } from './pulse-fixtures.ts';
import { findTroubles } from './trouble-model.ts';

const withThe = (...projections: ReturnType<typeof projectionFixture>[]) =>
  pulseFixture({ projections: { ...pulseFixture().projections, projections } });

const group: ParkedGroup = {
  fingerprint: 'a1b2c3d4e5f6',
  projection: 'search',
  version: 1,
  message: 'lines[0].sku is missing',
  events: 12,
  streams: 10,
  waiting: 3,
  eventTypes: ['OrderReturned'],
  firstAt: '2026-11-26T14:21:07Z',
  lastAt: '2026-11-26T14:25:44Z',
  attemptsMax: 4,
  nextRetryAt: null,
};

describe('a projection in trouble', () => {
  test('is late by the objective that is set for it, whatever its state', () => {
    const orders = projectionFixture('orders', { lagSeconds: 8 });
    expect(findTroubles(withThe({ ...orders, lag: { ...orders.lag, objectiveSeconds: 10 } }))).toEqual([]);
    const [trouble] = findTroubles(
      withThe({ ...orders, lag: { ...orders.lag, message: 'its handler takes longer than events come' } }),
    );
    expect(trouble).toMatchObject({
      title: 'orders is 8.0 s behind',
      clause: 'its objective is 5 s',
      cause: 'Its handler takes longer than events come',
    });
  });

  test('that is paused leads to where it is let go on', () => {
    const orders = projectionFixture('orders', { state: 'paused', lagSeconds: 8 });
    expect(findTroubles(withThe(orders))[0]?.since).toBeNull();
    const by = { actor: 'ada', reason: 'an import', at: '2026-11-23T13:30:00.000Z' };
    const paused = { ...orders, versions: [versionFixture({ run: 'paused', paused: by })] };
    expect(findTroubles(withThe(paused))[0]?.since).toBe(by.at);
    expect(findTroubles(withThe(orders))[0]?.actions).toEqual([
      { kind: 'link', label: 'Resume…', href: '/projections/orders?tab=versions&act=resume&of=1' },
      { kind: 'link', label: 'Open projection', href: '/projections/orders' },
    ]);
  });

  test('with parked events names the failure and leads to the group', () => {
    const pulse = withThe(projectionFixture('search', { parked: 15 }));
    expect(findTroubles(pulse)[0]).toMatchObject({ title: '15 events parked in search', clause: '' });
    const [trouble] = findTroubles(pulse, { groups: [group] });
    expect(trouble).toMatchObject({ tone: 'bad', clause: 'lines[0].sku is missing', since: group.firstAt });
    expect(trouble?.cause).toBe('3 later events of these streams waiting, other streams are not delayed');
    expect(trouble?.actions[0]).toMatchObject({ label: 'Open group', href: '/parked?group=search.1.a1b2c3d4e5f6' });
  });

  test('is one trouble with all others where the engine is silent', () => {
    const stopped = ['orders', 'search'].map((name) => {
      const fixture = projectionFixture(name, { state: 'stopped', lagEvents: 3, lagSeconds: 9 });
      return { ...fixture, lag: { ...fixture.lag, cause: 'no_worker' as const, message: 'no worker runs' } };
    });
    expect(findTroubles(withThe(...stopped)).map(({ title, clause }) => [title, clause])).toEqual([
      ['The projection engine is silent', '2 projections behind'],
    ]);
  });
});

test('the navigation counts trouble, and nothing else', () => {
  expect([...troubleCounts(pulseFixture())]).toEqual([]);
  const counts = troubleCounts(withThe(projectionFixture('search', { parked: 12, lagSeconds: 40 })));
  expect([...counts]).toEqual([
    ['/projections', { count: 1, bad: false }],
    ['/parked', { count: 12, bad: true }],
  ]);
});
