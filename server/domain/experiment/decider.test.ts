import { describe, test } from 'vitest';
import { givenWhenThen } from '#testing/decider-spec.ts';
import { experimentDecider } from './decider.ts';
import type { ExperimentEvent } from './events.ts';

const { given } = givenWhenThen(experimentDecider);
const at = '2026-11-24T10:00:00.000Z';
const actor = 'ada';
const terms = {
  hypothesis: 'v2 is faster',
  kind: 'projection' as const,
  subject: 'orders',
  a: '1',
  b: '2',
  range: {},
  metric: 'read_p95_ms' as const,
  matters: 0.05,
  guardRails: { errorRateMax: 0.01, latencyRatioMax: 2, lagSecondsMax: 30 },
  rules: [],
};
const drafted: ExperimentEvent = { eventType: 'ExperimentDrafted', data: { ...terms, actor, draftedAt: at } };
const started: ExperimentEvent = { eventType: 'ExperimentStarted', data: { run: 1, actor } };
const verdict = { run: 1, outcome: 'b_better' as const, sentence: 'v2 is better', promotable: true };
const concluded: ExperimentEvent = { eventType: 'ExperimentConcluded', data: verdict };
const promoted: ExperimentEvent = { eventType: 'ExperimentPromoted', data: { reason: 'better', actor, at } };
const abandoned: ExperimentEvent = { eventType: 'ExperimentAbandoned', data: { reason: 'not now', actor, at } };

describe('an experiment', () => {
  test('is drafted once, the same again is nothing, other terms under its id are refused', () => {
    given().when('DraftExperiment', terms).thenAppends(drafted);
    given(drafted).when('DraftExperiment', terms).thenNothing();
    given(drafted)
      .when('DraftExperiment', { ...terms, b: '3' })
      .thenRefused('experiment-already-drafted');
  });

  test('needs two versions, a metric of its kind, and a measure where that decides', () => {
    given()
      .when('DraftExperiment', { ...terms, b: '1' })
      .thenRefused('same-version-twice');
    given()
      .when('DraftExperiment', { ...terms, metric: 'decision_us' })
      .thenRefused('metric-does-not-fit');
    given()
      .when('DraftExperiment', { ...terms, kind: 'decider', metric: 'measure' })
      .thenRefused('measure-missing');
  });

  test('is started, cancelled and started again, each run with its number', () => {
    given(drafted).when('StartExperiment', {}).thenAppends(started);
    given(drafted, started).when('StartExperiment', {}).thenNothing();
    const cancelled: ExperimentEvent = { eventType: 'ExperimentCancelled', data: { run: 1, actor } };
    given(drafted, started).when('CancelExperiment', {}).thenAppends(cancelled);
    given(drafted, started, cancelled)
      .when('StartExperiment', {})
      .thenAppends({ eventType: 'ExperimentStarted', data: { run: 2, actor } });
    given().when('StartExperiment', {}).thenRefused('experiment-not-drafted');
  });

  test('is concluded by nobody but the comparer', () => {
    given(drafted, started).when('ConcludeExperiment', verdict).thenRefused('only-the-comparer-concludes');
  });

  test('is promoted only on a verdict that allows it, and rules changed since then take that back', () => {
    given(drafted).when('PromoteExperiment', { reason: 'better' }).thenRefused('verdict-does-not-allow-it');
    given(drafted, started).when('PromoteExperiment', { reason: 'better' }).thenRefused('experiment-running');
    given(drafted, started, concluded).when('PromoteExperiment', { reason: 'better' }).thenAppends(promoted);
    const rules: ExperimentEvent = { eventType: 'ExperimentRulesChanged', data: { rules: [], actor } };
    given(drafted, started, concluded, rules)
      .when('PromoteExperiment', { reason: 'better' })
      .thenRefused('verdict-does-not-allow-it');
  });

  test('ends by promotion or by being abandoned, and only a promoted one is rolled back', () => {
    const reason = 'better';
    given(drafted, started, concluded, promoted).when('PromoteExperiment', { reason }).thenNothing();
    given(drafted, started, concluded, promoted).when('StartExperiment', {}).thenRefused('experiment-ended');
    given(drafted, abandoned).when('PromoteExperiment', { reason }).thenRefused('experiment-ended');
    given(drafted).when('AbandonExperiment', { reason: 'not now' }).thenAppends(abandoned);
    given(drafted).when('RollBackExperiment', { reason }).thenRefused('experiment-not-promoted');
    given(drafted, started, concluded, promoted)
      .when('RollBackExperiment', { reason })
      .thenAppends({ eventType: 'ExperimentRolledBack', data: { reason, actor, at } });
  });

  test('splits reads of projections only, and a guard rail is not for people', () => {
    given(drafted)
      .when('SetExperimentSplit', { percent: 5, reason: 'a first look' })
      .thenAppends({ eventType: 'ExperimentSplitSet', data: { percent: 5, reason: 'a first look', actor } });
    given(drafted)
      .when('SetExperimentSplit', { percent: 5, reason: 'a first look', guardRail: 'errors' })
      .thenRefused('only-the-comparer-concludes');
    const decider: ExperimentEvent = {
      eventType: 'ExperimentDrafted',
      data: { ...terms, kind: 'decider', metric: 'decision_us', actor, draftedAt: at },
    };
    given(decider).when('SetExperimentSplit', { percent: 5, reason: 'why' }).thenRefused('no-reads-to-split');
  });
});
