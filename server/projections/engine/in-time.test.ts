import { expect, test } from 'vitest';
import { whyNotInTime } from './in-time.ts';

test('a throttled version arrives where its rate makes up for what it is behind while the switch waits', () => {
  expect(whyNotInTime(1000, null)).toBeNull();
  expect(whyNotInTime(0, 1)).toBeNull();
  expect(whyNotInTime(70, 100)).toBeNull();
  expect(whyNotInTime(71, 100)).toBe(
    'it is 71 events behind the serving version and throttled to 100 a second: it can not come up while the switch waits',
  );
});
