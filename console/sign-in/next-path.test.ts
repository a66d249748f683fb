import { expect, test } from 'vitest';
import { safeNext } from './next-path.ts';

test('a page of ours is gone on to, with its query and its place', () => {
  expect(safeNext('/events?range=1h&view=table#row')).toBe('/events?range=1h&view=table#row');
  expect(safeNext('/streams/order-1')).toBe('/streams/order-1');
});

test('nothing but a page of ours is gone on to', () => {
  for (const next of [
    undefined,
    null,
    '',
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/./\\elsewhere.example',
    '/..//elsewhere.example',
    'javascript:alert(1)',
    'events',
    '/sign-in?next=/events',
    '/welcome',
  ]) {
    expect(safeNext(next), String(next)).toBe('/');
  }
});
