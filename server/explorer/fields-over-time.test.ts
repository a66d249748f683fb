import { expect, test } from 'vitest';
import { sampledVersions } from './fields-over-time.ts';

test('a stream of up to 1,000 versions is looked at whole, a longer one at 120 with its ends', () => {
  expect(sampledVersions(1)).toEqual([1]);
  expect(sampledVersions(1000)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  const long = sampledVersions(1001);
  expect([long.length, long[0], long.at(-1)]).toEqual([120, 1, 1001]);
});
