import { describe, test } from 'vitest';
import { givenWhenThen } from '#testing/decider-spec.ts';
import type { OrderCommand } from './commands.ts';
import { orderDecider } from './decider.ts';
import type { OrderEvent } from './events.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const lines = [
  { sku: 'TEE', quantity: 2, unitPrice: eur(1900) },
  { sku: 'MUG', quantity: 1, unitPrice: eur(1250) },
];
const placed: OrderEvent = { eventType: 'OrderPlaced', data: { customerId: 'ada', lines, total: eur(5050) } };
const confirmed: OrderEvent = { eventType: 'OrderConfirmed', data: {} };
const cancelled: OrderEvent = { eventType: 'OrderCancelled', data: { reason: 'late' } };
const shipping = { carrier: 'DHL', trackingNumber: '1' };
const shipped: OrderEvent = { eventType: 'OrderShipped', data: shipping };
const delivered: OrderEvent = { eventType: 'OrderDelivered', data: {} };
const aReturn = { lines: [{ sku: 'TEE', quantity: 1 }], reason: 'size' };
const returned: OrderEvent = { eventType: 'OrderReturned', data: aReturn };

const { given } = givenWhenThen(orderDecider);
const placeSame = { customerId: 'ada', lines };

describe('an order', () => {
  test('is placed with the total of its lines', () => {
    given().when('PlaceOrder', placeSame).thenAppends(placed);
  });
  test('is returned in parts up to what was delivered', () => {
    given(placed, confirmed, shipped, delivered).when('ReturnOrder', aReturn).thenAppends(returned);
    given(placed, confirmed, shipped, delivered, returned).when('ReturnOrder', aReturn).thenAppends(returned);
    given(placed, confirmed, shipped, delivered, returned, returned)
      .when('ReturnOrder', aReturn)
      .thenRefused('return-exceeds-delivered');
  });
  test('counts one article on several lines of a return together', () => {
    given(placed, confirmed, shipped, delivered)
      .when('ReturnOrder', { ...aReturn, lines: [...aReturn.lines, { sku: 'TEE', quantity: 2 }] })
      .thenRefused('return-exceeds-delivered');
    given(placed, confirmed, shipped, delivered)
      .when('ReturnOrder', { ...aReturn, lines: [{ sku: 'CAP', quantity: 1 }] })
      .thenRefused('line-not-in-order');
  });

  const histories: Record<string, OrderEvent[]> = {
    none: [],
    placed: [placed],
    confirmed: [placed, confirmed],
    cancelled: [placed, cancelled],
    shipped: [placed, confirmed, shipped],
    delivered: [placed, confirmed, shipped, delivered],
    returned: [placed, confirmed, shipped, delivered, returned],
  };
  // Each cell: an event (+), nothing to do (·), or the code of the refusal.
  const table: [OrderCommand['commandType'], OrderCommand['data'], Record<keyof typeof histories, string>][] = [
    [
      'PlaceOrder',
      placeSame,
      { none: '+', placed: '·', confirmed: '·', cancelled: '·', shipped: '·', delivered: '·', returned: '·' },
    ],
    [
      'PlaceOrder',
      { customerId: 'bob', lines },
      {
        none: '+',
        placed: 'order-already-placed',
        confirmed: 'order-already-placed',
        cancelled: 'order-already-placed',
        shipped: 'order-already-placed',
        delivered: 'order-already-placed',
        returned: 'order-already-placed',
      },
    ],
    [
      'ConfirmOrder',
      {},
      {
        none: 'order-not-placed',
        placed: '+',
        confirmed: '·',
        cancelled: 'order-cancelled',
        shipped: '·',
        delivered: '·',
        returned: '·',
      },
    ],
    [
      'CancelOrder',
      { reason: 'late' },
      {
        none: 'order-not-placed',
        placed: '+',
        confirmed: '+',
        cancelled: '·',
        shipped: 'order-already-shipped',
        delivered: 'order-already-delivered',
        returned: 'order-already-delivered',
      },
    ],
    [
      'ShipOrder',
      shipping,
      {
        none: 'order-not-placed',
        placed: 'order-not-confirmed',
        confirmed: '+',
        cancelled: 'order-cancelled',
        shipped: '·',
        delivered: '·',
        returned: '·',
      },
    ],
    [
      'ShipOrder',
      { carrier: 'DHL', trackingNumber: '2' },
      {
        none: 'order-not-placed',
        placed: 'order-not-confirmed',
        confirmed: '+',
        cancelled: 'order-cancelled',
        shipped: 'order-already-shipped',
        delivered: 'order-already-shipped',
        returned: 'order-already-shipped',
      },
    ],
    [
      'DeliverOrder',
      {},
      {
        none: 'order-not-placed',
        placed: 'order-not-shipped',
        confirmed: 'order-not-shipped',
        cancelled: 'order-cancelled',
        shipped: '+',
        delivered: '·',
        returned: '·',
      },
    ],
    [
      'ReturnOrder',
      aReturn,
      {
        none: 'order-not-placed',
        placed: 'order-not-delivered',
        confirmed: 'order-not-delivered',
        cancelled: 'order-cancelled',
        shipped: 'order-not-delivered',
        delivered: '+',
        returned: '+',
      },
    ],
  ];
  const cells = table.flatMap(([command, data, row]) =>
    Object.entries(row).map(([status, answer]) => ({ command, data, status, answer })),
  );
  test.each(cells)('$status: $command → $answer', ({ command, data, status, answer }) => {
    const outcome = given(...(histories[status] ?? [])).when(command, data);
    if (answer === '·') outcome.thenNothing();
    else if (answer === '+') outcome.thenAppends(eventOf(command, data));
    else outcome.thenRefused(answer);
  });
});

function eventOf(command: OrderCommand['commandType'], data: OrderCommand['data']): OrderEvent {
  const types = {
    PlaceOrder: 'OrderPlaced',
    ConfirmOrder: 'OrderConfirmed',
    CancelOrder: 'OrderCancelled',
    ShipOrder: 'OrderShipped',
    DeliverOrder: 'OrderDelivered',
    ReturnOrder: 'OrderReturned',
  } as const;
  const total = command === 'PlaceOrder' ? { total: eur(5050) } : {};
  return { eventType: types[command], data: { ...data, ...total } } as OrderEvent;
}
