import { expect, test } from 'vitest';
import { cn } from './cn.ts';

test('a size and a colour stand together, the later of two sizes wins', () => {
  expect(cn('text-micro text-ink-3', 'text-body')).toBe('text-ink-3 text-body');
  expect(cn('rounded-card', { 'rounded-badge': true, 'p-2': false })).toBe('rounded-badge');
});
