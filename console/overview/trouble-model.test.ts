import { describe, expect, test } from 'vitest';
import type { MarkHolder } from '#server/kernel/projection.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { projectionFixture, pulseFixture } from './pulse-fixtures.ts';
import { aboveMark } from './trouble.ts';
import { connectionTrouble, describeCalm, findTroubles } from './trouble-model.ts';

type Position = ProjectionStatus['checkpoint'];

const holder: MarkHolder = {
  processId: 48213,
  applicationName: 'psql',
  openSeconds: 372,
  state: 'idle in transaction',
  query: 'UPDATE orders SET status = 1',
};

function pulseWith(projections: ProjectionStatus[], heldBy: MarkHolder | null = null) {
  return pulseFixture({
    projections: { projections, heldBy, highWaterMark: '4812097' as Position, head: '4835161' as Position },
  });
}

describe('what needs a hand', () => {
  test('is nothing while everything runs, however many appends are open for a moment', () => {
    expect(findTroubles(pulseFixture())).toEqual([]);
    expect(findTroubles(pulseWith([projectionFixture('orders')], { ...holder, openSeconds: 0.4 }))).toEqual([]);
  });

  test('catching up, rebuilding and paused need no hand', () => {
    const projections = (['catching_up', 'rebuilding', 'paused'] as const).map((state) =>
      projectionFixture(state, { state, lagEvents: 10, lagSeconds: 4 }),
    );
    expect(findTroubles(pulseWith(projections))).toEqual([]);
  });

  test('a held mark names the process, how long, and what waits', () => {
    const [trouble] = findTroubles(pulseWith([], holder));
    expect(trouble).toMatchObject({
      tone: 'warn',
      title: 'High water is held for 6 min 12 s',
      clause: '23,064 newer events durable, none delivered',
    });
    expect(trouble?.cause).toContain('48213: psql, transaction open 6 min 12 s, idle in transaction');
    expect(trouble?.actions[1]).toEqual({ kind: 'copy', label: 'Copy query', text: holder.query });
  });

  test('a faulted projection tells its error, the position and the attempts, and comes before none of its kind', () => {
    const fault = {
      message: 'lines[0].sku is missing',
      position: '4812098' as Position,
      since: '2026-11-23T13:25:44Z',
      attempts: 12,
    };
    const [trouble] = findTroubles(
      pulseWith([projectionFixture('orders', { state: 'faulted', fault, lagEvents: 2418, lagSeconds: 473 })]),
    );
    expect(trouble).toMatchObject({
      tone: 'bad',
      title: 'orders has faulted',
      clause: fault.message,
      since: fault.since,
    });
    expect(trouble?.cause).toBe('At position 4,812,098, 12 attempts, 2,418 events behind, oldest 7 min 53 s');
    expect(trouble?.actions.map((action) => action.label)).toEqual(['Open projection', 'See the event']);
  });

  test('a stalled one says what else is going on', () => {
    const stalled = projectionFixture('orders', { state: 'stalled', lagEvents: 3, lagSeconds: 40 });
    expect(findTroubles(pulseWith([stalled]))[0]?.cause).toContain('no error was reported');
    expect(findTroubles(pulseWith([stalled], holder))[1]?.cause).toContain('process 48213');
  });

  test('the database comes first', () => {
    const pulse = pulseFixture({
      database: { ok: false, answerMs: null, serverVersion: '18.4', embedded: true },
      worker: { state: 'restarting', restarts: 2 },
    });
    expect(findTroubles(pulse).map(({ id }) => id)).toEqual(['database', 'worker']);
  });

  test('no engine here is trouble only where nobody else moves the projections', () => {
    const worker = { state: 'off', restarts: 0 } as const;
    const stopped = projectionFixture('orders', { state: 'stopped', lagEvents: 5 });
    const elsewhere = projectionFixture('orders', { state: 'catching_up', lagEvents: 5 });
    const projections = pulseFixture().projections;
    const withThe = (projection: ProjectionStatus) =>
      findTroubles(pulseFixture({ worker, projections: { ...projections, projections: [projection] } }));
    expect(withThe(stopped).map(({ title }) => title)).toEqual(['No projection engine runs']);
    expect(withThe(elsewhere)).toEqual([]);
  });
});

test('positions above the mark are counted, never below zero', () => {
  expect(aboveMark(pulseWith([]))).toBe(23_064);
  expect(aboveMark(pulseFixture())).toBe(12);
});

test('a server that is silent is trouble of its own, with the time the figures are of', () => {
  expect(connectionTrouble(null)).toEqual([]);
  expect(connectionTrouble('14:32:01')[0]?.title).toBe('No word from the server since 14:32:01');
});

test('calm never claims more than there is', () => {
  expect(describeCalm(pulseFixture())).toBe('3 projections within a second of the mark.');
  const behind = projectionFixture('orders', { state: 'catching_up', lagEvents: 2, lagSeconds: 4.2 });
  expect(describeCalm(pulseWith([projectionFixture('search'), behind]))).toBe('orders is 4.2 s behind.');
});
