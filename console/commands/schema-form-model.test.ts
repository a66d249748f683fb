import { describe, expect, test } from 'vitest';
import { createRegistry } from '#server/domain/registry.ts';
import { emptyDraft, formFields, parseDraft, shareable, toData } from './schema-form-model.ts';

const schemaOf = (name: string) => {
  const type = createRegistry().commandType(name);
  if (type === undefined) throw new Error(`no ${name}`);
  return type.jsonSchema;
};

describe('a form from the schema of PlaceOrder', () => {
  const fields = formFields(schemaOf('PlaceOrder'));

  test('has its fields in order, with their names in errors', () => {
    expect(fields.map(({ kind, path, required }) => ({ kind, path, required }))).toEqual([
      { kind: 'text', path: 'data.customerId', required: true },
      { kind: 'list', path: 'data.lines', required: true },
      { kind: 'text', path: 'data.recipient', required: false },
      { kind: 'text', path: 'data.deliveryAddress', required: false },
    ]);
  });

  test('opens with one empty line', () => {
    expect(emptyDraft(fields)).toEqual({
      customerId: '',
      lines: [{ sku: '', quantity: '', unitPrice: { amount: '', currency: '' } }],
      recipient: '',
      deliveryAddress: '',
    });
  });

  test('sends numbers as numbers, and what is no number as it was typed', () => {
    const line = { sku: 'TEE', quantity: '2', unitPrice: { amount: '19,5', currency: 'EUR' } };
    expect(toData(fields, { customerId: 'ada', lines: [line] })).toEqual({
      customerId: 'ada',
      lines: [{ sku: 'TEE', quantity: 2, unitPrice: { amount: '19,5', currency: 'EUR' } }],
    });
    const cents = { sku: 'TEE', quantity: '2', unitPrice: { amount: '19.5', currency: 'EUR' } };
    expect(toData(fields, { lines: [cents] })).toMatchObject({ lines: [{ unitPrice: { amount: 19.5 } }] });
  });

  test('has no personal or sensitive field in its address', () => {
    const draft = { ...emptyDraft(fields), customerId: 'ada', recipient: 'Ada Lovelace', deliveryAddress: '12 Square' };
    expect(Object.keys(shareable(fields, draft))).toEqual(['customerId', 'lines']);
    const ship = formFields(schemaOf('ShipOrder'));
    expect(shareable(ship, { carrier: 'DHL', trackingNumber: '0034' })).toEqual({ carrier: 'DHL' });
  });
});

test('every command type of the domain has a form that a filled draft satisfies', () => {
  for (const type of createRegistry().commandTypes()) {
    const fields = formFields(type.jsonSchema);
    const filled = JSON.parse(
      JSON.stringify(emptyDraft(fields), (key, value: unknown) => {
        if (value !== '') return value;
        if (key === 'currency') return 'EUR';
        return ['amount', 'quantity', 'delta', 'paymentSeconds'].includes(key) ? '2' : 'x';
      }),
    );
    expect([type.commandType, type.schema.safeParse(toData(fields, filled)).success]).toEqual([type.commandType, true]);
  }
});

test('an enum is a choice that begins with its first', () => {
  const fields = formFields(schemaOf('AuthorizePayment'));
  expect(fields.find(({ name }) => name === 'method')).toMatchObject({
    kind: 'choice',
    choices: ['card', 'transfer', 'wallet', 'invoice'],
  });
  expect(emptyDraft(fields).method).toBe('card');
});

test('a draft of an address that is none is left alone', () => {
  expect(parseDraft('{"reason":"late"}')).toEqual({ reason: 'late' });
  for (const text of [null, '', '[1]', '"x"', '{']) expect(parseDraft(text)).toBeNull();
});
