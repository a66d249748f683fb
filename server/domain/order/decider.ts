import type { Money } from '#server/domain/money.ts';
import { type Decider, type Refusal, refuse } from '#server/kernel/decider.ts';
import type { OrderCommand } from './commands.ts';
import type { Delivery, OrderEvent, OrderLine, ReturnedLine } from './events.ts';

export type OrderStatus = 'none' | 'placed' | 'confirmed' | 'cancelled' | 'shipped' | 'delivered' | 'returned';

export type OrderState = {
  status: OrderStatus;
  customerId?: string;
  lines: (OrderLine & { returned: number })[];
  total?: Money;
  carrier?: string;
  trackingNumber?: string;
  cancelReason?: string;
  returnReason?: string;
} & Delivery;

const initialState: OrderState = { status: 'none', lines: [] };

function evolve(state: OrderState, { eventType, data }: OrderEvent): OrderState {
  switch (eventType) {
    case 'OrderPlaced': {
      const lines = data.lines.map((line) => ({ ...line, returned: 0 }));
      return { ...state, status: 'placed', customerId: data.customerId, lines, total: data.total, ...deliveryOf(data) };
    }
    case 'OrderConfirmed':
      return { ...state, status: 'confirmed' };
    case 'OrderCancelled':
      return { ...state, status: 'cancelled', cancelReason: data.reason };
    case 'OrderShipped':
      return { ...state, status: 'shipped', carrier: data.carrier, trackingNumber: data.trackingNumber };
    case 'OrderDelivered':
      return { ...state, status: 'delivered' };
    case 'OrderReturned':
      return { ...state, status: 'returned', lines: addReturned(state.lines, data.lines), returnReason: data.reason };
    default:
      return state;
  }
}

/**
 * Refusals: `order-already-placed`, `order-not-placed`, `order-cancelled`, `order-not-confirmed`,
 * `order-already-shipped`, `order-not-shipped`, `order-already-delivered`, `order-not-delivered`, `line-not-in-order`,
 * `return-exceeds-delivered`, `total-too-large`.
 */
function decide(command: OrderCommand, state: OrderState): OrderEvent[] | Refusal {
  if (command.commandType === 'PlaceOrder') return place(command.data, state);
  if (state.status === 'none') return refuse('order-not-placed', 'the order was never placed');
  if (state.status === 'cancelled' && command.commandType !== 'CancelOrder') {
    return refuse('order-cancelled', 'the order is cancelled');
  }
  switch (command.commandType) {
    case 'ConfirmOrder':
      return state.status === 'placed' ? [{ eventType: 'OrderConfirmed', data: {} }] : [];
    case 'CancelOrder':
      return cancel(command.data.reason, state);
    case 'ShipOrder':
      return ship(command.data, state);
    case 'DeliverOrder':
      return deliver(state);
    case 'ReturnOrder':
      return takeBack(command.data, state);
    default:
      return command satisfies never;
  }
}

type PlaceData = Extract<OrderCommand, { commandType: 'PlaceOrder' }>['data'];

function place({ customerId, lines, ...data }: PlaceData, state: OrderState): OrderEvent[] | Refusal {
  if (state.status !== 'none') {
    const sameDelivery = state.recipient === data.recipient && state.deliveryAddress === data.deliveryAddress;
    const same = state.customerId === customerId && sameDelivery && sameLines(state.lines, lines);
    return same ? [] : refuse('order-already-placed', 'an order stands under this id with other content');
  }
  const amount = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0);
  if (!Number.isSafeInteger(amount)) return refuse('total-too-large', 'the total is past what can be counted exactly');
  const total = { amount, currency: lines[0]?.unitPrice.currency ?? 'EUR' };
  return [{ eventType: 'OrderPlaced', data: { customerId, lines, total, ...deliveryOf(data) } }];
}

/** Only what is said: an order without it stays as it was before there was such a field. */
function deliveryOf({ recipient, deliveryAddress }: Delivery): Delivery {
  return { ...(recipient !== undefined && { recipient }), ...(deliveryAddress !== undefined && { deliveryAddress }) };
}

function cancel(reason: string, { status }: OrderState): OrderEvent[] | Refusal {
  if (status === 'cancelled') return [];
  if (status === 'shipped') return refuse('order-already-shipped', 'a shipped order can not be cancelled');
  if (status === 'delivered' || status === 'returned') {
    return refuse('order-already-delivered', 'a delivered order can not be cancelled');
  }
  return [{ eventType: 'OrderCancelled', data: { reason } }];
}

type ShipData = Extract<OrderCommand, { commandType: 'ShipOrder' }>['data'];

function ship(data: ShipData, state: OrderState): OrderEvent[] | Refusal {
  if (state.status === 'placed') return refuse('order-not-confirmed', 'only a confirmed order can be shipped');
  if (state.status !== 'confirmed') {
    const same = state.carrier === data.carrier && state.trackingNumber === data.trackingNumber;
    return same ? [] : refuse('order-already-shipped', 'the order is shipped already, under another number');
  }
  return [{ eventType: 'OrderShipped', data }];
}

function deliver({ status }: OrderState): OrderEvent[] | Refusal {
  if (status === 'delivered' || status === 'returned') return [];
  if (status !== 'shipped') return refuse('order-not-shipped', 'only a shipped order can be delivered');
  return [{ eventType: 'OrderDelivered', data: {} }];
}

type ReturnData = Extract<OrderCommand, { commandType: 'ReturnOrder' }>['data'];

function takeBack({ lines, reason }: ReturnData, state: OrderState): OrderEvent[] | Refusal {
  if (state.status !== 'delivered' && state.status !== 'returned') {
    return refuse('order-not-delivered', 'only what was delivered can be returned');
  }
  for (const { sku } of lines) {
    const delivered = state.lines.find((line) => line.sku === sku);
    if (delivered === undefined) return refuse('line-not-in-order', `${sku} is not in this order`);
    const asked = lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.quantity, 0);
    const left = delivered.quantity - delivered.returned;
    if (asked > left) return refuse('return-exceeds-delivered', `of ${sku} at most ${left} can still be returned`);
  }
  return [{ eventType: 'OrderReturned', data: { lines, reason } }];
}

function addReturned(lines: OrderState['lines'], returned: readonly ReturnedLine[]): OrderState['lines'] {
  return lines.map((line) => {
    const back = returned.filter((one) => one.sku === line.sku).reduce((sum, one) => sum + one.quantity, 0);
    return back === 0 ? line : { ...line, returned: line.returned + back };
  });
}

function sameLines(a: readonly OrderLine[], b: readonly OrderLine[]): boolean {
  const text = (lines: readonly OrderLine[]) =>
    lines
      .map(({ sku, quantity, unitPrice }) => `${sku} ${quantity} ${unitPrice.amount} ${unitPrice.currency}`)
      .join('\n');
  return text(a) === text(b);
}

/** An order from its placing to its return. */
export const orderDecider: Decider<OrderState, OrderCommand, OrderEvent> = {
  category: 'order',
  version: 1,
  initialState,
  evolve,
  decide,
};
