import type { Money } from '#server/domain/money.ts';

/** What can have happened to a payment. */
export type PaymentEvent =
  | { eventType: 'PaymentAuthorized'; data: { orderId: string; amount: Money; method: string } }
  | { eventType: 'PaymentCaptured'; data: { amount: Money } }
  | { eventType: 'PaymentDeclined'; data: { reason: string } }
  | { eventType: 'PaymentRefunded'; data: { amount: Money; reason: string } };
