import { expect, test } from 'vitest';
import { nearOf, slipsOf } from './near-words.ts';

test('a slip is two neighbours changed over, or one letter too many; a short word has none', () => {
  expect(slipsOf('chagned')).toContain('changed');
  expect(slipsOf('chhanged')).toContain('changed');
  expect(slipsOf('aabb')).toEqual(['abab', 'abb', 'aab']);
  expect([slipsOf('cus'), slipsOf('x'.repeat(25))]).toEqual([[], []]);
});

test('of known words those spelt alike are meant, the nearest first, and not the word itself', () => {
  const known = new Set(['delivered', 'delivery', 'declined', 'placed', 'order']);
  expect(nearOf('delivred', known)).toEqual(['delivered', 'delivery']);
  expect(nearOf('plced', known)).toEqual(['placed']);
  expect([nearOf('order', known), nearOf('pl', known), nearOf('nothing', known)]).toEqual([[], [], []]);
});
