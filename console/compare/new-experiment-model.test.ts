import { describe, expect, test } from 'vitest';
import type { Candidates } from '#server/compare/compare.ts';
import { metricItems, openDraft, toNewExperiment, whyNotMeasured, withSubject } from './new-experiment-model.ts';

const version = (name: string) => ({ version: name, label: name });
const candidates: Candidates = {
  projections: [
    { name: 'density', title: 'Density', serving: '1', readsRecorded: false, versions: [version('1')] },
    {
      name: 'orders',
      title: 'Orders',
      serving: '2',
      readsRecorded: true,
      versions: [version('1'), version('2'), version('3')],
    },
  ],
  deciders: [{ category: 'order', versions: [version('order'), version('order-lenient')] }],
};
const filled = { ...openDraft(candidates), hypothesis: 'an index makes it faster' };

describe('the form of a new experiment', () => {
  test('opens with the first subject that has two versions, the serving one as A', () => {
    expect(openDraft(candidates)).toMatchObject({ kind: 'projection', subject: 'orders', a: '2', b: '3' });
    expect(openDraft(candidates, 'decider')).toMatchObject({ subject: 'order', a: 'order', b: 'order-lenient' });
    expect(withSubject(filled, candidates, 'density')).toMatchObject({ a: '1', b: '' });
  });

  test('decides by what can be measured, and says of anything else that it can not', () => {
    expect(openDraft(candidates).metric).toBe('read_p95_ms');
    const unread = {
      ...candidates,
      projections: candidates.projections.map((one) => ({ ...one, readsRecorded: false })),
    };
    expect(openDraft(unread).metric).toBe('batch_ms');
    expect(withSubject(filled, candidates, 'density').metric).toBe('batch_ms');
    expect(whyNotMeasured({ ...filled, metric: 'read_p99_ms' }, unread)).toMatch(/^No read of orders was recorded/);
    expect(whyNotMeasured({ ...filled, metric: 'size_bytes' }, unread)).toBeNull();
    expect(whyNotMeasured(filled, candidates)).toBeNull();
  });

  test('offers the metrics of its kind alone', () => {
    expect(metricItems('decider').map(({ value }) => value)).toEqual(['decision_us', 'measure']);
  });

  test('asks in the units of the server', () => {
    expect(toNewExperiment({ ...filled, from: ' 120 ', mattersPercent: '10', errorPercent: '2' })).toEqual({
      request: {
        hypothesis: 'an index makes it faster',
        kind: 'projection',
        subject: 'orders',
        a: '2',
        b: '3',
        range: { after: '120' },
        metric: 'read_p95_ms',
        matters: 0.1,
        guardRails: { errorRateMax: 0.02, latencyRatioMax: 2, lagSecondsMax: 30 },
      },
    });
    const decider = { ...openDraft(candidates, 'decider'), hypothesis: 'more pass', from: '2026-11-24T00:00:00Z' };
    expect(
      toNewExperiment({ ...decider, metric: 'measure', measureEvent: 'OrderPlaced', measureField: 'total.amount' }),
    ).toMatchObject({
      request: {
        range: { from: '2026-11-24T00:00:00Z' },
        measure: { sum: { eventType: 'OrderPlaced', field: 'total.amount' }, better: 'higher' },
      },
    });
  });

  test.each([
    [{ hypothesis: ' ' }, 'hypothesis'],
    [{ b: filled.a }, 'b'],
    [{ from: 'yesterday' }, 'from'],
    [{ mattersPercent: '' }, 'mattersPercent'],
    [{ mattersPercent: '101' }, 'mattersPercent'],
    [{ latencyRatio: '0.5' }, 'latencyRatio'],
    [{ lagSeconds: 'x' }, 'lagSeconds'],
  ])('%j is wrong at %s', (change, field) => {
    expect(toNewExperiment({ ...filled, ...change })).toMatchObject({ faults: [{ field }] });
  });

  test('all that is wrong is told at once', () => {
    expect(toNewExperiment({ ...filled, from: '-1', mattersPercent: 'abc', lagSeconds: '' })).toMatchObject({
      faults: [{ field: 'from' }, { field: 'mattersPercent' }, { field: 'lagSeconds' }],
    });
  });
});
