import { describe, expect, test } from 'vitest';
import { TidemarkError } from '#server/kernel/errors.ts';
import { failureOf, generalized, isNotTheEvents } from './failure.ts';

const thrower = (id: string, amount: number) => new TypeError(`no total of ${amount} in "${id}"`);

describe('a failure', () => {
  test('has one fingerprint whatever values it speaks of, and another where kind or sentence differ', () => {
    const one = failureOf(thrower('order-1', 5)).fingerprint;
    expect(failureOf(thrower('order-2', 7.5)).fingerprint).toBe(one);
    expect(failureOf(new RangeError('no total of 5 in "order-1"')).fingerprint).not.toBe(one);
    expect(failureOf(new TypeError('no currency of 5 in "order-1"')).fingerprint).not.toBe(one);
  });

  test('is another one where Postgres names another constraint or column', () => {
    const broken = (constraint_name: string) =>
      failureOf(
        Object.assign(new Error(`new row violates check constraint "${constraint_name}"`), {
          code: '23514',
          constraint_name,
        }),
      ).fingerprint;
    expect(broken('total_positive')).not.toBe(broken('has_customer'));
    expect(broken('total_positive')).toBe(broken('total_positive'));
  });

  test('is told without ids, quoted texts and numbers', () => {
    const message = `version 12 of order-7f3 (0198a2c4-1111-7222-8333-444455556666) has 'x'`;
    expect(generalized(message)).toBe('version 0 of id (id) has "…"');
  });

  test('of the database, or of a value that no Error carries, is kept apart from one of the event', () => {
    expect(isNotTheEvents(new TidemarkError('database-unavailable', 'away'))).toBe(true);
    expect(isNotTheEvents(Object.assign(new Error('deadlock'), { code: '40P01' }))).toBe(true);
    expect(isNotTheEvents(Object.assign(new Error('out of range'), { code: '22003' }))).toBe(false);
    expect(failureOf('plain text')).toMatchObject({ message: 'plain text', stack: '' });
  });
});
