import { expect, test } from 'vitest';
import { actedOn } from './acted-on.ts';

test('an act is on what its input names', () => {
  expect(actedOn({ input: { name: 'search', reason: 'a long import', version: 2 } })).toBe('search');
  expect(actedOn({ input: { streamId: 'stock-MUG-011', commandType: 'ReceiveStock', data: { quantity: 5 } } })).toBe(
    'ReceiveStock stock-MUG-011',
  );
  expect(actedOn({ input: { globalPosition: '4711', fields: ['email'] } })).toBe('4711');
  expect(actedOn({ input: { service: { ratePerSecond: 4 } } })).toBe('');
});
