import { expect, test } from 'vitest';
import { completeCondition } from './where-completion.ts';

const fields = [
  { path: 'data.customerId', types: ['text' as const], examples: ['cus-1'] },
  { path: 'data.total.amount', types: ['number' as const], examples: [1900, 250] },
  { path: 'metadata.actor', types: ['text' as const], examples: [] },
];
const labels = (text: string) => completeCondition(text, fields).map((one) => one.label);

test('a field, a comparison of its kind, a value that was seen, and what joins', () => {
  expect(labels('data.')).toEqual(['data.customerId ', 'data.total.amount ', 'metadata.actor ']);
  expect(labels('amount')).toEqual(['data.total.amount ']);
  expect(labels('data.total.amount ')).toContain('>=');
  expect(labels('data.customerId ')).toContain('starts');
  expect(labels('data.customerId ')).not.toContain('>');
  expect(labels('data.total.amount > ')).toEqual(['1900', '250']);
  expect(labels('data.total.amount > 1900 ')).toEqual(['and ', 'or ']);
  expect(labels('data.total.amount > 1900 and act')).toEqual(['metadata.actor ']);
});

test('a completion holds all that was written before it', () => {
  expect(completeCondition('data.total.amount > 1 and cus', fields)[0]?.text).toBe(
    'data.total.amount > 1 and data.customerId ',
  );
});
