import { describe, expect, test } from 'vitest';
import { projectionFixture, versionFixture } from '#console/overview/pulse-fixtures.ts';
import { accountLines } from './account-lines.ts';
import { factsOf } from './act-facts.ts';
import { felt, wontCure, wordsOf } from './act-words.ts';
import { troubleFirst } from './projection-order.ts';
import { actsOfVersion, rebuildOf, roleOf } from './version-acts.ts';
import { progressSentence, timeLeft, timeLeftOf, versionAt } from './version-progress.ts';

const serving = versionFixture();
const candidate = versionFixture({
  version: 2,
  state: 'building',
  run: 'rebuilding',
  built: false,
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

  test('a candidate that is whole is built, and still not serving', () => {
    const whole = { ...candidate, built: true, promotable: true };
    const projection = projectionFixture('orders', { versions: [whole, serving] });
    expect(roleOf(projection, candidate)).toBe('candidate, being built');
    expect(roleOf(projection, whole)).toBe('candidate, built, not serving');
    expect(rebuildOf(projection).why).toBe('v2 is built, not serving: promote or cancel it first');
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
  const words = acts.map((act) => ({ act, ...wordsOf(act, 'orders', 2, false) }));
  expect(words.filter(({ typed }) => !typed).map(({ act }) => act)).toEqual(['pause', 'throttle']);
  expect((['pause', 'throttle'] as const).map((act) => wordsOf(act, 'orders', 2, true).typed)).toEqual([true, true]);
  expect(words.filter(({ danger }) => danger).map(({ act }) => act)).toEqual(['rewind', 'cancel', 'drop']);
});

test('holding what readers see is not harmless, and says who feels it', () => {
  expect(felt('pause', projectionFixture('orders'), 1)).toEqual([
    'Reads go stale: orders v1 stays behind until it is resumed.',
    'Commands that wait for it wait until their deadline, and are answered “pending”.',
  ]);
  expect(felt('pause', projectionFixture('density', { acknowledges: false }), 1)).toHaveLength(1);
  expect(felt('resume', projectionFixture('orders'), 1)).toEqual([]);
});

test('nothing is left, or it is not known, or it never comes while paused', () => {
  const paused = { actor: 'ada', reason: 'locks', at: '2026-11-26T10:00:00Z' };
  const late = projectionFixture('orders', { lagEvents: 9, lagSeconds: 8 });
  expect(timeLeft(projectionFixture('orders'))).toBe('none');
  expect(timeLeft(late)).toBe('not known');
  expect(timeLeft({ ...late, state: 'paused' })).toBe('never, while paused');
  expect(timeLeftOf({ lagEvents: 9, paused, progress: candidate.progress }, null)).toBe('never, while paused');
  expect(timeLeftOf({ ...candidate, lagEvents: 9 }, null)).toBe('12 s');
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
    serving: true,
    lastMinute: { reads: 600, commands: 283 },
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
  const bound = factsOf({ ...radius, time: { low: 2.2, seconds: 2.4, high: 2.7 } }, null, { bound: 500 });
  expect(bound[1]?.basis).toBe('2.2 s to 2.7 s, at 500 events a second');
  const held = factsOf({ ...radius, act: 'pause' }, null);
  expect(held.filter(({ label }) => ['Reads', 'Commands'].includes(label)).map(({ figure }) => figure)).toEqual([
    '600 or more a minute',
    '283 a minute',
  ]);
  expect(factsOf({ ...radius, act: 'promote' }, null, { lifted: 2000 })).toContainEqual({
    label: 'Speed',
    figure: 'as fast as it goes',
    basis: 'the bound of 2,000 events/s ends with the build',
  });
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
