/** A command that a shop would send next. */
export type NextCommand = { commandType: string; streamId: string; data: object };

const ARTICLES = ['TEE-BLK-M', 'TEE-BLK-S', 'MUG-011', 'CAP-NVY', 'HOOD-GRY-L', 'BAG-CNV'] as const;
const CARRIERS = ['DHL', 'DPD', 'UPS'] as const;
const REASONS = ['wrong size', 'changed my mind', 'arrived late', 'damaged'] as const;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** Never received, so that what is ordered of it is missing. */
const SOLD_OUT = 'LAMP-BRS';

type Order = { id: string; step: number; sku: string; quantity: number; amount: number; managed: boolean };
type Step = (order: Order) => NextCommand;

/** Of an order whose fulfilment is left to the process manager: the bank and the warehouse do the rest. */
const MANAGED_STEPS: Step[] = [
  ({ id }) => ({
    commandType: 'StartFulfilment',
    streamId: `fulfilment-${id}`,
    data: { method: 'card', paymentSeconds: 30 },
  }),
  ({ id }) =>
    Math.random() < 0.2
      ? { commandType: 'DeclinePayment', streamId: `payment-${id.slice(6)}`, data: { reason: 'insufficient funds' } }
      : { commandType: 'CapturePayment', streamId: `payment-${id.slice(6)}`, data: {} },
  ({ id, sku }) => ({ commandType: 'DispatchStock', streamId: `stock-${sku}`, data: { orderId: id } }),
  ({ id }) => shipping(id),
  ({ id }) => ({ commandType: 'DeliverOrder', streamId: id, data: {} }),
];

/** What follows on what, and once in a while what a rule refuses. */
const STEPS: Step[] = [
  ({ id, sku, quantity }) => ({
    commandType: 'ReserveStock',
    streamId: `stock-${sku}`,
    data: { orderId: id, quantity },
  }),
  ({ id, amount }) => ({
    commandType: 'AuthorizePayment',
    streamId: `payment-${id.slice(6)}`,
    data: { orderId: id, amount: eur(amount), method: pick(['card', 'wallet', 'transfer'] as const) },
  }),
  ({ id }) => ({ commandType: 'ConfirmOrder', streamId: id, data: {} }),
  ({ id, sku }) => ({ commandType: 'DispatchStock', streamId: `stock-${sku}`, data: { orderId: id } }),
  ({ id }) => shipping(id),
  ({ id }) => ({ commandType: 'CapturePayment', streamId: `payment-${id.slice(6)}`, data: {} }),
  ({ id }) => ({ commandType: 'DeliverOrder', streamId: id, data: {} }),
];

function shipping(id: string): NextCommand {
  const data = { carrier: pick(CARRIERS), trackingNumber: String(Math.floor(Math.random() * 1e12)) };
  return { commandType: 'ShipOrder', streamId: id, data };
}

/** A shop with orders under way: each call gives what it would send next. About one command in twenty is refused. */
export function createSimulatedShop(): { next(): NextCommand } {
  const underWay: Order[] = [];
  const delivered: Order[] = [];

  function place(): NextCommand {
    const managed = Math.random() < 0.4;
    const sku = managed && Math.random() < 0.1 ? SOLD_OUT : pick(ARTICLES);
    const quantity = 1 + Math.floor(Math.random() * 3);
    const price = 900 + Math.floor(Math.random() * 40) * 100;
    const id = `order-${crypto.randomUUID().slice(0, 8)}`;
    const order = { id, step: 0, sku, quantity, amount: price * quantity, managed };
    underWay.push(order);
    const customerId = `cus-${Math.floor(Math.random() * 500).toString(36)}`;
    const data = { customerId, lines: [{ sku, quantity, unitPrice: eur(price) }] };
    return { commandType: 'PlaceOrder', streamId: order.id, data };
  }

  function goOn(): NextCommand {
    const index = Math.floor(Math.random() * underWay.length);
    const order = underWay[index];
    const steps = order?.managed ? MANAGED_STEPS : STEPS;
    const step = order && steps[order.step];
    if (order === undefined || step === undefined) return place();
    order.step += 1;
    if (order.step === steps.length) {
      underWay.splice(index, 1);
      delivered.push(order);
      if (delivered.length > 200) delivered.shift();
    }
    return step(order);
  }

  function disturb(): NextCommand {
    const order = pick(delivered);
    if (order === undefined) return place();
    const reason = pick(REASONS);
    const lines = [{ sku: order.sku, quantity: order.quantity }];
    return Math.random() < 0.5
      ? { commandType: 'CancelOrder', streamId: order.id, data: { reason } }
      : { commandType: 'ReturnOrder', streamId: order.id, data: { lines, reason } };
  }

  return {
    next() {
      const dice = Math.random();
      if (dice < 0.06) return disturb();
      if (dice < 0.1) {
        return { commandType: 'ReceiveStock', streamId: `stock-${pick(ARTICLES)}`, data: { quantity: 40 } };
      }
      return dice < 0.24 || underWay.length === 0 ? place() : goOn();
    },
  };
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item;
}
