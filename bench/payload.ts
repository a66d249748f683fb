import { randomBytes } from 'node:crypto';
import type { BenchEvent } from './contestant.ts';

/** Payloads are made before a measurement begins, so that making them is not measured. */
const POOL = 64;

/**
 * Events of one size. The data is an order line with a text of random letters behind it, so that Postgres can't
 * compress it away; `bytes` is the length of the data as JSON.
 */
export function payloads(bytes: number): BenchEvent[] {
  return Array.from({ length: POOL }, (_, index) => payload(bytes, index));
}

/** One such event, the same length for every `index`. */
export function payload(bytes: number, index = 0): BenchEvent {
  const data = {
    orderId: `ord-${1000 + (index % 9000)}`,
    sku: 'TEE-BLK-M',
    quantity: 1 + (index % 9),
    unitPrice: { amount: 1900, currency: 'EUR' },
    note: '',
  };
  const missing = Math.max(0, bytes - JSON.stringify(data).length);
  data.note = randomBytes(missing).toString('base64url').slice(0, missing);
  return { type: 'LineAdded', data, metadata: { correlationId: '0192f0c1-7a53-7c2e-9d5b-3f1d5a1c9e77' } };
}
