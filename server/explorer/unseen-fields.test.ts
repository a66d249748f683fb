import { expect, test } from 'vitest';
import { parseExpression } from './expression-parser.ts';
import { watchFields } from './unseen-fields.ts';

const state = { status: 'delivered', total: { amount: 3, currency: 'EUR' }, lines: [{ sku: 'TEE', 'part no': 7 }] };

function unseenIn(condition: string) {
  const fields = watchFields(parseExpression(condition));
  fields.look({});
  fields.look(state);
  return fields.unseen();
}

test.each([
  ['status = "delivered" and total.amount > 2 and lines[*].sku exists', []],
  ['stauts = "delivered"', [{ path: 'stauts', near: 'status' }]],
  [
    'not (Total.amount = total.amunt)',
    [
      { path: 'Total.amount', near: 'total.amount' },
      { path: 'total.amunt', near: 'total.amount' },
    ],
  ],
  ['lines[*]["part nr"] = 7', [{ path: 'lines[*]["part nr"]', near: 'lines[*]["part no"]' }]],
  ['lines[4].sku = "TEE"', [{ path: 'lines[4].sku', near: null }]],
  ['carrier in ("DHL", "UPS")', [{ path: 'carrier', near: null }]],
])('%s', (condition, unseen) => {
  expect(unseenIn(condition)).toEqual(unseen);
});
