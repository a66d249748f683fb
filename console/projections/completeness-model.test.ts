import { describe, expect, test } from 'vitest';
import type { Completeness, Finding } from '#server/projections/inspection.ts';
import { joinAnswers, verdictOf } from './completeness-model.ts';

type Position = Completeness['checkpoint'];

const answer = (part: Partial<Completeness>): Completeness => ({
  name: 'orders',
  version: 1,
  checkpoint: '90' as Position,
  highWaterMark: '90' as Position,
  head: '90' as Position,
  account: { handled: 90, filtered: 0, dead: 0, parked: 0, skipped: 0, missing: 0, repeated: 0 },
  countedTo: '90' as Position,
  rows: { looked: 40, nextAfter: null },
  complete: true,
  findings: [],
  skips: [],
  held: { positions: 0, heldBy: null },
  checkedMs: 5,
  ...part,
});
const lost = (key: string, count: number): Finding => ({
  kind: 'rows_missing',
  message: `${key} has been handled and has no row${count === 1 ? '' : `, and ${count - 1} more`}`,
  from: null,
  to: null,
  examples: [key],
  count,
});
const first = { complete: false, rows: { looked: 40, nextAfter: 'streams:order-40' } };

describe('an account that comes in several answers', () => {
  test('is complete only when the last has come and none has found anything', () => {
    expect(joinAnswers([])).toBeNull();
    expect(joinAnswers([answer(first)])).toMatchObject({ complete: false, rows: { looked: 40 } });
    expect(joinAnswers([answer(first), answer({})])).toMatchObject({ complete: true, rows: { looked: 80 } });
    expect(joinAnswers([answer({ ...first, findings: [lost('order-3', 1)] }), answer({})])?.complete).toBe(false);
  });

  test('counts rows that were found in any of them, and keeps one finding a kind', () => {
    const joined = joinAnswers([
      answer({ ...first, findings: [lost('order-3', 2)] }),
      answer({ complete: false, findings: [lost('order-77', 1)] }),
    ]);
    expect(joined?.findings).toEqual([
      {
        ...lost('order-3', 3),
        message: 'order-3 has been handled and has no row, and 2 more',
        examples: ['order-3', 'order-77'],
      },
    ]);
  });
});

test('the verdict says what is known, and waits for what is not', () => {
  expect(verdictOf(answer({}))).toEqual({ kind: 'complete', text: 'orders v1 accounts for every position up to 90' });
  expect(verdictOf(answer(first))).toMatchObject({ kind: 'wait', text: 'orders v1: 40 rows looked through so far' });
  expect(verdictOf(answer({ complete: false, countedTo: '50' as Position })).text).toContain('up to 50; a worker');
  expect(verdictOf(answer({ complete: false, findings: [lost('order-3', 1)] })).kind).toBe('incomplete');
});
