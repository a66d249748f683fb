import { expect, test } from 'vitest';
import { faultsOf } from './form-faults.ts';

test('all fields that the schema refuses are marked', () => {
  const faults = [
    { field: 'data.lines[0].quantity', message: 'must be a number' },
    { field: 'data.lines[0].unitPrice.currency', message: 'must be three capital letters, such as EUR' },
  ];
  const details = { field: faults[0]?.field, faults };
  expect(
    faultsOf({ field: 'data.lines[0].quantity', message: 'data.lines[0].quantity must be a number', details }),
  ).toEqual(faults);
});

test('a fault of the stream is marked without its name, whoever found it', () => {
  const fault = { field: 'streamId', message: 'must be of category order' };
  expect(faultsOf({ field: 'streamId', message: 'streamId must be of category order', details: {} })).toEqual([fault]);
  expect(faultsOf({ field: 'streamId', message: 'streamId: must be of category order', details: {} })).toEqual([fault]);
});

test('a fault of what is no field of the form marks none', () => {
  expect(faultsOf({ field: 'commandId', message: 'commandId must be a UUID', details: {} })).toEqual([]);
});
