import { describe, expect, test } from 'vitest';
import { causeOf, type LagFacts, trendOf } from './explain-lag.ts';

const facts = (part: Partial<LagFacts>) =>
  causeOf({
    state: 'running',
    held: true,
    lagEvents: 0,
    lagSeconds: 0,
    objectiveSeconds: 5,
    faultMessage: null,
    pausedBy: null,
    workersAlive: 1,
    heldBy: null,
    ...part,
  })?.cause ?? null;
const heldBy = { processId: 7, applicationName: 'x', openSeconds: 9, state: 'idle in transaction', query: 'insert' };

describe('the cause of a lag', () => {
  test('is none where nothing waits longer than it may', () => {
    expect(facts({})).toBeNull();
    expect(facts({ lagEvents: 40, lagSeconds: 4 })).toBeNull();
    expect(facts({ heldBy: { ...heldBy, openSeconds: 0.1 } })).toBeNull();
  });
  test.each<[Partial<LagFacts>, string]>([
    [{ state: 'stalled', held: false, workersAlive: 0 }, 'no_worker'],
    [{ state: 'stopped', held: false, workersAlive: 2 }, 'lease_lost'],
    [{ state: 'faulted', faultMessage: 'bad data', lagEvents: 1, lagSeconds: 90 }, 'poison_event'],
    [{ heldBy }, 'held_mark'],
    [{ state: 'catching_up', lagEvents: 900, lagSeconds: 30 }, 'slow_handler'],
    [{ state: 'stalled', lagEvents: 1, lagSeconds: 31, objectiveSeconds: 60 }, 'slow_handler'],
    [{ state: 'paused', lagEvents: 9, lagSeconds: 9, pausedBy: 'ada' }, 'paused'],
  ])('%j is %s', (part, cause) => {
    expect(facts(part)).toBe(cause);
  });
});

test.each([
  [0, 50, 10, 'steady'],
  [100, 50, 60, 'falling'],
  [100, 60, 50, 'growing'],
  [100, 50, 51, 'steady'],
])('%d events behind at %d in and %d out is %s', (lagEvents, arrivalRate, drainRate, trend) => {
  expect(trendOf({ lagEvents, arrivalRate, drainRate })).toBe(trend);
});
