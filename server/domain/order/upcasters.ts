import type { JsonObject } from '#server/kernel/json.ts';
import type { Upcaster } from '#server/kernel/upcaster.ts';

/**
 * Version 1 of OrderReturned told of one article: `{ sku, quantity, reason }`. Since version 2 a return has lines. Returns
 * that were written with lines before the version was raised stay as they are.
 */
function returnedLines(data: JsonObject): JsonObject {
  if (data.lines !== undefined) return data;
  const { sku, quantity, reason = '', ...rest } = data;
  if (typeof sku !== 'string' || typeof quantity !== 'number') {
    throw new Error('neither lines, nor sku and quantity, stand in it');
  }
  return { ...rest, lines: [{ sku, quantity }], reason };
}

/** Older stored shapes of an order's events to the next. */
export const orderUpcasters: readonly Upcaster[] = [
  { category: 'order', eventType: 'OrderReturned', fromVersion: 1, upcast: returnedLines },
];
