import { describe, expect, test } from 'vitest';
import type { Position } from '#server/kernel/position.ts';
import { type BucketRow, judgeBuckets, reachOf } from './account-buckets.ts';

const bucket = (part: Partial<BucketRow>): BucketRow => ({
  bucket: '0',
  stored: '10',
  matching: '8',
  parked: '0',
  skipped: '0',
  handled: '8',
  offset_diff: '0',
  square_diff: '0',
  ...part,
});

describe('the accounts of a version', () => {
  test('add up where what matches was handled, parked or skipped; positions without an event are dead', () => {
    const { account, findings } = judgeBuckets([bucket({ handled: '5', parked: '2', skipped: '1' })], '12' as Position);
    expect(account).toEqual({ handled: 5, filtered: 2, dead: 2, parked: 2, skipped: 1, missing: 0, repeated: 0 });
    expect(findings).toEqual([]);
  });

  test('one event too few is named by the sums, one too many as well', () => {
    const lost = bucket({ bucket: '3', handled: '7', offset_diff: '42', square_diff: '1764' });
    expect(judgeBuckets([lost], '40000' as Position).findings).toMatchObject([
      { kind: 'events_missing', count: 1, examples: ['30042'], from: '30000', to: '39999' },
    ]);
    const twice = bucket({ bucket: '3', handled: '9', offset_diff: '-42', square_diff: '-1764' });
    expect(judgeBuckets([twice], '40000' as Position).findings).toMatchObject([
      { kind: 'events_repeated', count: 1, examples: ['30042'] },
    ]);
  });

  test('one event handled in the place of another is found though the counts are equal', () => {
    const { account } = judgeBuckets([bucket({ offset_diff: '3', square_diff: '21' })], '10' as Position);
    expect(account).toMatchObject({ missing: 1, repeated: 1 });
  });
});

describe('how far a version can be accounted for at once', () => {
  const at = (position: number) => String(position) as Position;

  test('is the whole of it where a worker has counted all but the last buckets', () => {
    expect(reachOf(at(10_004_321), at(10_004_321), 1000)).toEqual({
      tallied: 1000,
      countedTo: at(10_004_321),
      all: true,
    });
    expect(reachOf(at(4321), at(4321), 0)).toEqual({ tallied: 0, countedTo: at(4321), all: true });
  });

  test('never takes a bucket as counted that the checkpoint stands in', () => {
    expect(reachOf(at(25_000), at(90_000), 9)).toMatchObject({ tallied: 2, all: true });
    expect(reachOf(at(29_999), at(90_000), 9)).toMatchObject({ tallied: 3 });
  });

  test('ends twenty buckets behind what is counted: no question reads millions of events', () => {
    expect(reachOf(at(9_000_000), at(9_000_000), 0)).toEqual({ tallied: 0, countedTo: at(199_999), all: false });
    expect(reachOf(at(9_000_000), at(150_000), 0)).toMatchObject({ countedTo: at(9_000_000), all: true });
    expect(reachOf(at(9_000_000), at(9_000_000), null)).toMatchObject({ tallied: 0, all: true });
  });
});
