import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRegistry } from '#server/domain/registry.ts';
import { dataFaults } from './data-faults.ts';

function faultsOf(schema: z.ZodType | undefined, data: unknown) {
  const result = schema?.safeParse(data);
  return result?.error === undefined ? [] : dataFaults(result.error);
}

test('every value of an order that is wrong is told at once, in words that say what would be right', () => {
  const line = { sku: '', quantity: 'abc', unitPrice: { amount: 19.5, currency: 'Euro' } };
  expect(faultsOf(createRegistry().commandType('PlaceOrder')?.schema, { lines: [line], colour: 'red' })).toEqual([
    { field: 'data.customerId', message: 'is missing' },
    { field: 'data.lines[0].sku', message: 'must not be empty' },
    { field: 'data.lines[0].quantity', message: 'must be a number' },
    { field: 'data.lines[0].unitPrice.amount', message: 'must be a whole number, in minor units such as cents' },
    { field: 'data.lines[0].unitPrice.currency', message: 'must be three capital letters, such as EUR' },
    { field: 'data.colour', message: 'is not known to this command' },
  ]);
});

test('bounds and choices are told with their values', () => {
  const schema = z.strictObject({
    quantity: z.int().min(1).max(9),
    name: z.string().min(3).max(5),
    lines: z.array(z.string()).min(1),
    method: z.enum(['card', 'wallet']),
  });
  expect(
    faultsOf(schema, { quantity: 10, name: 'ab', lines: [], method: 'cash' }).map(({ message }) => message),
  ).toEqual([
    'must be at most 9',
    'must have at least 3 characters',
    'must have at least 1 entries',
    'must be one of card, wallet',
  ]);
});
