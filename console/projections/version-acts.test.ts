import { describe, expect, test } from 'vitest';
import { projectionFixture, versionFixture } from '#console/overview/pulse-fixtures.ts';
import { accountLines } from './account-lines.ts';
import { factsOf } from './act-facts.ts';
import { wontCure, wordsOf } from './act-words.ts';
import { troubleFirst } from './projection-order.ts';
import { actsOfVersion, rebuildOf, roleOf } from './version-acts.ts';
import { progressSentence, versionAt } from './version-progress.ts';

const serving = versionFixture();
const candidate = versionFixture({
  version: 2,
  state: 'building',
  run: 'rebuilding',
  promotable: false,
  whyNot: 'it has no indexes yet',
  progress: {
    eventsDone: 400,
    eventsTotal: 1000,
    eventsPerSecond: 50,
    timeLeft: { low: 10, seconds: 12, high: 15 },
  },
});
const before = versionFixture({ version: 1, state: 'retired' });

describe('what can be done to a version', () => {
  test('a candidate that is not ready says why it can not be promoted, and stands in the way of another rebuild', () => {
    const projection = projectionFixture('orders', { versions: [candidate, serving] });
    const [promote, ...others] = actsOfVersion(projection, candidate);
    expect(promote).toEqual({ act: 'promote', version: 2, label: 'Promote…', why: 'it has no indexes yet' });
    expect(others.map(({ act }) => act)).toEqual(['pause', 'throttle', 'cancel']);
    expect(rebuildOf(projection).why).toBe('v2 is being built: promote or cancel it first');
    expect(rebuildOf(projectionFixture('orders')).why).toBeNull();
  });

  test('a roll back is offered only to the version before', () => {
    const projection = projectionFixture('orders', { version: 2, previousVersion: 1 });
    expect(actsOfVersion(projection, before).map(({ act }) => act)).toEqual(['rollback', 'pause', 'drop']);
    expect(roleOf(projection, before)).toBe('before, follows for a rollback');
    const other = projectionFixture('orders', { version: 3, previousVersion: 2 });
    expect(actsOfVersion(other, before).map(({ act }) => act)).toEqual(['drop']);
  });

  test('a paused one is resumed', () => {
    const paused = versionFixture({ paused: { actor: 'ada', reason: 'locks', at: '2026-11-26T10:00:00Z' } });
    expect(actsOfVersion(projectionFixture('orders'), paused)[0]).toMatchObject({ act: 'resume' });
  });
});

test('the name is typed again where readers or rows change, and only what is final is dangerous', () => {
  const acts = ['pause', 'throttle', 'rebuild', 'promote', 'rollback', 'rewind', 'cancel', 'drop'] as const;
  const words = acts.map((act) => ({ act, ...wordsOf(act, 'orders', 2) }));
  expect(words.filter(({ typed }) => !typed).map(({ act }) => act)).toEqual(['pause', 'throttle']);
  expect(words.filter(({ danger }) => danger).map(({ act }) => act)).toEqual(['rewind', 'cancel', 'drop']);
});

test('a rebuild says what it will not cure', () => {
  const fixture = projectionFixture('orders');
  const held = { ...fixture, lag: { ...fixture.lag, cause: 'held_mark' as const, message: 'process 7 is open' } };
  expect(wontCure('rebuild', held)[0]).toContain('process 7 is open');
  expect(wontCure('promote', held)).toEqual([]);
});

test('a build is told in events, rate and time left; a pause in place of them', () => {
  expect(progressSentence(candidate)).toBe('400 of 1,000 events, 50.0/s, 12 s left (10 s to 15 s)');
  const paused = { actor: 'ada', reason: 'locks', at: '2026-11-26T10:00:00Z' };
  expect(progressSentence({ ...candidate, paused, eventsPerSecondMax: 20 })).toBe(
    '400 of 1,000 events, paused, at most 20/s',
  );
  expect(progressSentence(serving)).toBeNull();
});

test('a version with one event to go is never at the mark', () => {
  expect(versionAt({ ...candidate, checkpoint: '99' as never, lagEvents: 1 }, '99')).toBe(98);
  expect(versionAt({ ...candidate, checkpoint: '12' as never, lagEvents: 0 }, '99')).toBe(99);
});

test('the figures of a blast radius say what they rest on, zero included', () => {
  const radius = {
    name: 'orders',
    act: 'rebuild' as const,
    version: 1,
    eventsToRead: 1200,
    time: { low: 8, seconds: 10, high: 13 },
    rows: 300,
    rowsCounted: true,
    bytes: 2_100_000,
    effects: [],
    irreversible: [],
    refused: null,
  };
  expect(factsOf(radius, ['order']).map(({ label, figure, basis }) => `${label}: ${figure}, ${basis ?? ''}`)).toEqual([
    'Events to read: 1,200, of category order, up to the mark',
    'Time: 10 s, 8.0 s to 13 s, by the batches measured',
    'Rows written: 300, in tables of its own; readers stay with v1',
    'Disk: 2.1 MB, about as much as the serving version takes',
    'Side effects: none, nothing outside the read model',
  ]);
  const many = factsOf({ ...radius, act: 'promote', rows: 812_345.5, rowsCounted: false }, ['order']);
  expect(many.find(({ label }) => label === 'Rows that readers see')?.figure).toBe('about 812,346');
});

test('the account adds up to the checkpoint, or says that it does not', () => {
  const account = { handled: 60, filtered: 30, dead: 5, parked: 3, skipped: 2, missing: 0, repeated: 0 };
  expect(accountLines({ account, countedTo: '100' as never })).toMatchObject({ sum: 100, addsUp: true });
  const lost = accountLines({ account: { ...account, handled: 59, repeated: 1 }, countedTo: '100' as never });
  expect(lost).toMatchObject({ sum: 99, addsUp: false });
  expect(lost.lines.at(-1)).toMatchObject({ label: 'Repeated', bad: true });
});

test('trouble stands first', () => {
  const projections = [
    projectionFixture('well'),
    projectionFixture('late', { lagSeconds: 60 }),
    projectionFixture('parked', { parked: 2 }),
    projectionFixture('faulted', { state: 'faulted' }),
    projectionFixture('stopped', { state: 'stopped' }),
  ];
  expect(troubleFirst(projections).map(({ name }) => name)).toEqual(['faulted', 'stopped', 'late', 'parked', 'well']);
});
