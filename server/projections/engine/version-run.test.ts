import { describe, expect, test } from 'vitest';
import { type RunFacts, runOf } from './version-run.ts';

const well: RunFacts = {
  state: 'serving',
  paused: false,
  faulted: false,
  worker: 'holds',
  lagEvents: 0,
  lagSeconds: 0,
  stillSeconds: 0,
  ended: false,
};

describe('the state of a version', () => {
  test('follows what an operator can do about it: a pause before a missing worker, that before a fault', () => {
    expect(runOf(well)).toBe('running');
    expect(runOf({ ...well, faulted: true })).toBe('faulted');
    expect(runOf({ ...well, faulted: true, worker: 'silent' })).toBe('stalled');
    expect(runOf({ ...well, faulted: true, worker: 'silent', paused: true })).toBe('paused');
  });

  test('is stalled as soon as its worker is silent, and where one left, once an event waits', () => {
    expect(runOf({ ...well, worker: 'silent' })).toBe('stalled');
    expect(runOf({ ...well, worker: 'none' })).toBe('stopped');
    expect(runOf({ ...well, worker: 'none', lagEvents: 1 })).toBe('stalled');
  });

  test('is stalled with a worker only where it is behind and has not moved for 30 s', () => {
    const behind = { ...well, lagEvents: 5, lagSeconds: 40, stillSeconds: 40 };
    expect(runOf(behind)).toBe('stalled');
    expect(runOf({ ...behind, stillSeconds: 3 })).toBe('catching_up');
    expect(runOf({ ...behind, lagEvents: 0, lagSeconds: 0 })).toBe('running');
  });

  test('of one that is built is rebuilding until it has caught up; one that has reached its end needs no worker', () => {
    expect(runOf({ ...well, state: 'building', lagEvents: 9, lagSeconds: 9 })).toBe('rebuilding');
    expect(runOf({ ...well, state: 'building' })).toBe('running');
    expect(runOf({ ...well, state: 'scratch', worker: 'none', ended: true })).toBe('running');
  });
});
