import { describe, expect, test } from 'vitest';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { describeFlow, describeStrata, eventsPerDot } from './flow-model.ts';
import { projectionFixture, pulseFixture } from './pulse-fixtures.ts';

type Position = ProjectionStatus['checkpoint'];

const withProjections = (projections: ProjectionStatus[], part: Partial<Pulse['projections']> = {}) =>
  pulseFixture({ projections: { ...pulseFixture().projections, projections, ...part } });

const edges = (pulse: Pulse) =>
  describeFlow(pulse).sinks.map(
    (sink) => `${sink.sink} ${sink.in.state}/${sink.in.label} ${sink.out.state}/${sink.out.label}`,
  );

describe('the flow', () => {
  test('begins with every command, and one dot is the same everywhere', () => {
    const flow = describeFlow(pulseFixture());
    expect(flow.entry).toEqual({ rate: 66.2, state: 'flowing', label: 'from 9 callers' });
    expect(flow.eventsPerDot).toBe(20);
    expect(flow.sinks.map(({ title, tone }) => [title, tone])).toEqual([
      ['SQL read models', null],
      ['Search index', null],
    ]);
  });

  test('draws no dots at rate 0', () => {
    const quiet = ['orders', 'search'].map((name) =>
      projectionFixture(name, { drainRate: 0, sink: name === 'search' ? 'search' : 'sql' }),
    );
    const pulse = withProjections(quiet);
    const idle = { ...pulse, acknowledged: { ...pulse.acknowledged, rate: 0 } };
    expect(edges(idle)).toEqual(['sql idle/to SQL idle/ack', 'search idle/to search idle/ack']);
  });

  test('a held mark stops every sink and every acknowledgement', () => {
    const pulse = withProjections([projectionFixture('orders', { drainRate: 7.4 })], {
      heldBy: { processId: 1, applicationName: 'psql', openSeconds: 60, state: 'idle in transaction', query: '' },
    });
    expect(edges(pulse)).toEqual(['sql held/held held/ack']);
    expect(describeFlow(pulse).acknowledgementHeld).toBe(true);
  });

  test('what is behind a held mark still moves up to it', () => {
    const pulse = withProjections([projectionFixture('orders', { lagEvents: 5 })], {
      heldBy: { processId: 1, applicationName: 'psql', openSeconds: 60, state: 'idle in transaction', query: '' },
    });
    expect(edges(pulse)).toEqual(['sql flowing/to SQL flowing/ack']);
  });

  test('one slow sink is slow by itself', () => {
    const pulse = withProjections([
      projectionFixture('orders'),
      projectionFixture('search', { sink: 'search', state: 'catching_up', lagEvents: 900, lagSeconds: 14 }),
    ]);
    expect(edges(pulse)).toEqual(['sql flowing/to SQL flowing/ack', 'search slow/behind slow/ack']);
    expect(describeFlow(pulse).sinks.map(({ tone }) => tone)).toEqual([null, 'warn']);
  });

  test('a faulted projection that receipts wait for gives no acknowledgement, while its neighbour goes on', () => {
    const pulse = withProjections([
      projectionFixture('orders', { state: 'faulted', drainRate: 0 }),
      projectionFixture('density', { acknowledges: false }),
    ]);
    expect(edges(pulse)).toEqual(['sql flowing/to SQL down/no ack']);
    expect(describeFlow(pulse).sinks[0]?.tone).toBe('bad');
  });

  test('without an engine, and without a database, nothing arrives', () => {
    const stopped = [projectionFixture('orders', { state: 'stopped' })];
    expect(edges(withProjections(stopped))).toEqual(['sql down/no engine down/no ack']);
    const away = describeFlow({
      ...pulseFixture(),
      database: { ok: false, answerMs: null, serverVersion: '18.4', embedded: true },
    });
    expect([away.entry.state, away.append.state, away.sinks[0]?.in.label]).toEqual(['down', 'down', 'no database']);
  });

  test('what nothing waits for has no acknowledgement to be late with', () => {
    const pulse = withProjections([projectionFixture('density', { acknowledges: false, checkpoint: '1' as Position })]);
    expect(edges(pulse)).toEqual(['sql flowing/to SQL idle/not awaited']);
  });
});

test('the strata keep their order while their rates pass each other', () => {
  const rates = (...list: [string, number][]) => list.map(([category, rate]) => ({ category, rate }));
  const before = describeStrata(rates(['stock', 4], ['order', 3], ['payment', 2], ['audit', 1], ['visit', 0.5]));
  const after = describeStrata(
    rates(['order', 4], ['stock', 3], ['audit', 2], ['payment', 1], ['visit', 0.5], ['x', 0]),
  );
  expect(before.shown.map(({ category }) => category)).toEqual(['audit', 'order', 'payment', 'stock']);
  expect(after.shown.map(({ category }) => category)).toEqual(['audit', 'order', 'payment', 'stock']);
  expect([before.more, after.more]).toEqual([1, 1]);
});

test('a dot is one event until they would blur, then a round number of them', () => {
  expect([0, 0.4, 3.5, 3.6, 8, 62, 900, 12_000].map(eventsPerDot)).toEqual([1, 1, 1, 2, 5, 20, 500, 5000]);
});
