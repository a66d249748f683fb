import { describe, expect, test } from 'vitest';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Json } from '#server/kernel/json.ts';
import { evaluate, keysOf } from './expression.ts';
import { parseExpression } from './expression-parser.ts';

const order: Json = {
  status: 'shipped',
  total: { amount: 12_500, currency: 'EUR' },
  paid: false,
  note: null,
  lines: [
    { sku: 'TEE', quantity: 2 },
    { sku: 'MUG', quantity: 1 },
  ],
  tags: ['gift', 'rush'],
  'odd key': 'it\'s "so"',
  limit: 12_000,
};

const holds = (text: string) => evaluate(parseExpression(text), order);

describe('a condition over JSON', () => {
  test.each([
    'status = "shipped"',
    "status == 'shipped'",
    'total.amount > 10000',
    '10000 < total.amount',
    'total.amount > limit',
    'not (status = "placed")',
    '!paid',
    'status = "placed" or total.amount >= 12500 and total.currency = "EUR"',
    'status in ("placed", "shipped")',
    'lines[0].quantity = 2',
    'lines[*].sku = "MUG"',
    'lines.length = 2',
    'tags contains "rush"',
    'status contains "hip"',
    'status starts "ship"',
    '["odd key"] contains "so"',
    `["odd key"] = 'it\\'s "so"'`,
    'note = null',
    'note exists',
    'not missing exists',
    'missing != 1',
    'status && tags',
  ])('%s holds', (text) => expect(holds(text)).toBe(true));

  test.each([
    'paid',
    'note',
    'missing',
    'missing = null',
    'total.amount > "1"',
    'status < 5',
    'lines[*].quantity > 2',
    'lines[7].sku exists',
    'constructor exists',
    '__proto__ exists',
    'status.length = 7',
    'status != "shipped"',
  ])('%s does not hold', (text) => expect(holds(text)).toBe(false));

  test('and binds closer than or, as everywhere', () => {
    expect(holds('status = "shipped" or paid and paid')).toBe(true);
    expect(holds('(status = "shipped" or paid) and paid')).toBe(false);
  });

  test.each([
    ['', 'must not be empty', 1],
    ['total >', 'needs a value here', 8],
    ['total > 5 status', 'join conditions with and, or', 11],
    ['(a = 1', 'needs a closing )', 7],
    ['a = "open', 'can not be read', 5],
    ['a ; drop', 'can not be read', 3],
    ['a = 1e400', 'too large', 5],
    ['5 = 5', 'needs a field to compare', 5],
    ['a in (b)', 'needs a value here', 7],
    ['= 5', 'needs a field here', 1],
  ])('%s is refused by its column', (text, why, column) => {
    const error = catchError(() => parseExpression(text));
    expect(error.message).toContain(why);
    expect(error.details).toMatchObject({ field: 'where', column });
  });

  test('length and depth are bounded, and nothing overflows the stack', () => {
    expect(catchError(() => parseExpression('a'.repeat(1001))).message).toContain('at most 1000');
    expect(catchError(() => parseExpression(`${'('.repeat(400)}a${')'.repeat(400)}`)).message).toContain('nested');
    expect(catchError(() => parseExpression(`${'!'.repeat(900)}a`)).message).toContain('nested');
  });

  test('tells every key that it looks under, however that is written', () => {
    const keys = (text: string) => keysOf(parseExpression(text));
    expect(keys('not (data.a.b = 1 or data["c\\u0064"][*].e contains metadata.f)')).toEqual([
      'data',
      'a',
      'b',
      'data',
      'cd',
      'e',
      'metadata',
      'f',
    ]);
    expect(keys("'x' = data.g and data.h exists and i in (1) and j")).toEqual(['data', 'g', 'data', 'h', 'i', 'j']);
  });
});

function catchError(run: () => unknown): TidemarkError {
  try {
    run();
  } catch (error) {
    if (error instanceof TidemarkError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
