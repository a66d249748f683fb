import type { Money } from '#server/domain/money.ts';

export type FulfilmentLine = { sku: string; quantity: number };
type None = Record<string, never>;

/** What can have happened to the fulfilment of an order. */
export type FulfilmentEvent =
  | { eventType: 'FulfilmentStarted'; data: { orderId: string; method: string; paymentSeconds: number } }
  | { eventType: 'FulfilmentOrderSeen'; data: { lines: FulfilmentLine[]; total: Money } }
  | { eventType: 'FulfilmentStockReserved'; data: { sku: string } }
  | { eventType: 'FulfilmentPaymentAuthorized'; data: None }
  | { eventType: 'FulfilmentPaymentCaptured'; data: None }
  | { eventType: 'FulfilmentConfirmed'; data: None }
  /** From here on what was done is undone. `because` is kebab-case, `message` for people. */
  | { eventType: 'FulfilmentBroken'; data: { because: string; message: string; orderCancelled: boolean } }
  | { eventType: 'FulfilmentStepRefused'; data: { step: string; code: string } }
  | { eventType: 'FulfilmentPaymentSettled'; data: { how: 'declined' | 'refunded' } }
  | { eventType: 'FulfilmentReservationReleased'; data: { sku: string } }
  | { eventType: 'FulfilmentCancelled'; data: { because: string } }
  /** What could not be undone: somebody must look. */
  | { eventType: 'FulfilmentFailed'; data: { step: string; code: string; message: string } };
