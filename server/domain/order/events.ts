import type { Money } from '#server/domain/money.ts';

export type OrderLine = { sku: string; quantity: number; unitPrice: Money };
export type ReturnedLine = { sku: string; quantity: number };

/** To whom and where an order goes. Kept sealed: deciders and projections pass it on and can't read it. */
export type Delivery = { recipient?: string | undefined; deliveryAddress?: string | undefined };

/** What can have happened to an order. */
export type OrderEvent =
  | { eventType: 'OrderPlaced'; data: { customerId: string; lines: OrderLine[]; total: Money } & Delivery }
  | { eventType: 'OrderConfirmed'; data: Record<string, never> }
  | { eventType: 'OrderCancelled'; data: { reason: string } }
  | { eventType: 'OrderShipped'; data: { carrier: string; trackingNumber: string } }
  | { eventType: 'OrderDelivered'; data: Record<string, never> }
  | { eventType: 'OrderReturned'; data: { lines: ReturnedLine[]; reason: string } };
