import { expect, test } from 'vitest';
import { projectionFixture } from '#console/overview/pulse-fixtures.ts';
import { indexBehind } from './index-behind-model.ts';

const search = (over: Parameters<typeof projectionFixture>[1]) =>
  projectionFixture('search', { sink: 'search', ...over });

test('the index is behind where it stands still with events left, or is later than it may be', () => {
  const found = (over: Parameters<typeof projectionFixture>[1]) => indexBehind([search(over)])?.name;
  expect(found({ state: 'paused', lagEvents: 1, lagSeconds: 0.2 })).toBe('search');
  expect(found({ state: 'faulted', lagEvents: 3, lagSeconds: 0.2 })).toBe('search');
  expect(found({ state: 'catching_up', lagEvents: 9000, lagSeconds: 60 })).toBe('search');
  expect(found({ state: 'paused', lagEvents: 0, lagSeconds: 0 })).toBeUndefined();
  expect(found({ state: 'running', lagEvents: 40, lagSeconds: 0.4 })).toBeUndefined();
});

test('a read model of rows that is behind says nothing of the index', () => {
  expect(indexBehind([projectionFixture('orders', { state: 'paused', lagEvents: 5, lagSeconds: 90 })])).toBeUndefined();
});
