import { describe, expect, test } from 'vitest';
import { decidedCells } from './decided-model.ts';
import { groupWord } from './decider-words.ts';
import { experimentStatus, experimentTitle, outcomeWord } from './experiment-words.ts';
import { addSample, progressFigures, stepUnit } from './progress-model.ts';
import { deciderReport, ordersExperiment } from './report-fixtures.ts';
import { EMPTY_RULE, ruleSentence, toRule } from './rule-words.ts';

test('an experiment is called by its subject and both versions', () => {
  expect(experimentTitle(ordersExperiment)).toBe('orders v1 and v2');
  expect(experimentTitle({ ...ordersExperiment, kind: 'decider', subject: 'order', a: 'order', b: 'lenient' })).toBe(
    'order: order and lenient',
  );
});

test('a concluded experiment shows what it concluded, every other where it is', () => {
  expect(experimentStatus(ordersExperiment)).toEqual({ kind: 'failed', word: 'v2 is not safe' });
  expect(experimentStatus({ ...ordersExperiment, status: 'promoted' }).word).toBe('promoted');
  expect(outcomeWord('no_difference_that_matters', ordersExperiment)).toBe('no difference that matters');
});

describe('progress', () => {
  test('counts in the unit of its step', () => {
    expect((['hashes', 'performance', 'reads', 'positions'] as const).map(stepUnit)).toEqual([
      ' rows',
      ' batches',
      ' reads',
      '',
    ]);
  });

  const at = (seconds: number, done: number, step: 'hashes' | 'rows' = 'hashes') => ({
    step,
    done,
    at: seconds * 1000,
  });

  test('has a rate and the time left once two looks are known', () => {
    const samples = [at(0, 0), at(2, 200_000)].reduce(addSample, [] as ReturnType<typeof addSample>);
    expect(progressFigures({ done: 200_000, total: 1_000_000 }, samples)).toEqual({
      share: 0.2,
      perSecond: 100_000,
      secondsLeft: 8,
    });
    expect(progressFigures({ done: 5, total: null }, [])).toEqual({ share: null, perSecond: null, secondsLeft: null });
  });

  test('begins anew with every step, and forgets what is older than 15 s', () => {
    expect(addSample([at(0, 900)], at(1, 3, 'rows'))).toEqual([at(1, 3, 'rows')]);
    expect(addSample([at(0, 1), at(10, 2)], at(20, 3))).toEqual([at(10, 2), at(20, 3)]);
  });
});

describe('a rule', () => {
  const because = { reason: 'new in v2' };

  test.each([
    [{ kind: 'added', column: 'shipped_at', ...because }, 'shipped_at is new'],
    [{ kind: 'renamed', column: 'total', to: 'total_amount', ...because }, 'total is called total_amount'],
    [{ kind: 'tolerance', column: 'score', absolute: '0.5 %', ...because }, 'score may differ by 0.5 %'],
    [{ kind: 'tolerance', column: 'score', absolute: '2', ...because }, 'score may differ by 2'],
    [{ kind: 'accepted', cause: 'rounding', column: '', ...because }, 'rounding is expected'],
  ] as const)('%j is said as "%s"', (draft, sentence) => {
    const result = toRule({ ...EMPTY_RULE, ...draft });
    expect('rule' in result && ruleSentence(result.rule)).toBe(sentence);
  });

  test.each([
    [{ kind: 'added', column: 'no column', ...because }, 'column'],
    [{ kind: 'renamed', column: 'a', to: '', ...because }, 'to'],
    [{ kind: 'tolerance', column: 'a', absolute: 'much', ...because }, 'absolute'],
    [{ kind: 'tolerance', column: 'a', absolute: '120 %', ...because }, 'absolute'],
    [{ kind: 'added', column: 'a', reason: '' }, 'reason'],
  ] as const)('%j is wrong at %s', (draft, field) => {
    expect(toRule({ ...EMPTY_RULE, ...draft })).toMatchObject({ field });
  });
});

test('two decisions stand side by side, with what differs marked', () => {
  const [group] = deciderReport.groups;
  const [example] = group?.examples ?? [];
  if (group === undefined || example === undefined) throw new Error('the fixture has an example');
  expect(groupWord(group, { ...ordersExperiment, kind: 'decider', b: 'lenient' })).toBe('accepted by lenient alone');
  const cells = decidedCells(example.a, example.b);
  expect(cells.find(({ column }) => column === 'answer')).toEqual({
    column: 'answer',
    a: 'refused',
    b: 'accepted',
    differs: true,
  });
  expect(cells.find(({ column }) => column === 'event 1')).toMatchObject({ a: null, b: 'OrderCancelled' });
  expect(cells.find(({ column }) => column === 'state · lines')?.differs).toBe(false);
});
