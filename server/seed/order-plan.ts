import {
  articleAt,
  CANCEL_REASONS,
  CARRIERS,
  customerOf,
  DECLINE_REASONS,
  METHODS,
  RETURN_REASONS,
} from './catalog.ts';
import type { Random } from './random.ts';

/** A command that the shop sends, and by whom. */
export type ShopCommand = { streamId: string; commandType: string; data: object; actor: string };

/** One step of an order's way: what is sent, and how long (in events of the whole shop) it is waited for. */
export type OrderStep = { command: ShopCommand; wait: number; opensStream: boolean };

const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** Waits in events of the shop, from a busy shop's point of view: at most so many. */
const SOON = 20;
const SAME_DAY = 500;
const SOME_DAYS = 5000;
const WEEKS = 20_000;

/** An order from its placing to its end, drawn at once: most arrive, some are cancelled, declined or sent back. */
export function planOrder(id: string, articles: number, tag: string, random: Random): OrderStep[] {
  const lines = drawLines(articles, tag, random);
  const orderId = `order-${id}`;
  const payment = `payment-${id}`;
  const customerId = customerOf(random);
  const total = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  const step = (streamId: string, commandType: string, data: object, actor: string, wait: number): OrderStep => ({
    command: { streamId, commandType, data, actor },
    wait: random.whole(1, wait),
    opensStream: commandType === 'PlaceOrder' || commandType === 'AuthorizePayment',
  });
  const ofLines = (commandType: string, wait: number, withQuantity = false) =>
    lines.map(({ sku, quantity }) =>
      step(`stock-${sku}`, commandType, { orderId, ...(withQuantity && { quantity }) }, 'warehouse', wait),
    );
  const cancel = (actor: string, reason: string) => [
    ...ofLines('ReleaseReservation', SOON),
    step(orderId, 'CancelOrder', { reason }, actor, SOON),
  ];

  const placed = step(orderId, 'PlaceOrder', { customerId, lines }, 'web-shop', 1);
  const reserved = ofLines('ReserveStock', SOON, true);
  const dice = random.next();
  if (dice < 0.05) return [placed, ...reserved, ...cancel('web-shop', random.pick(CANCEL_REASONS))];
  const method = random.pick(METHODS);
  const paid = step(payment, 'AuthorizePayment', { orderId, amount: eur(total), method }, 'payments', SOON);
  if (dice < 0.12) {
    const declined = step(payment, 'DeclinePayment', { reason: random.pick(DECLINE_REASONS) }, 'payments', SOON);
    return [placed, ...reserved, paid, declined, ...cancel('payments', 'payment declined')];
  }
  const shipping = { carrier: random.pick(CARRIERS), trackingNumber: String(random.whole(1e11, 9e11)) };
  const delivered = [
    placed,
    ...reserved,
    paid,
    step(orderId, 'ConfirmOrder', {}, 'payments', SOON),
    ...ofLines('DispatchStock', SAME_DAY),
    step(orderId, 'ShipOrder', shipping, 'warehouse', SAME_DAY),
    step(payment, 'CapturePayment', {}, 'payments', SAME_DAY),
    step(orderId, 'DeliverOrder', {}, 'carrier', SOME_DAYS),
  ];
  const [back] = lines;
  if (dice < 0.9 || back === undefined) return delivered;
  const reason = random.pick(RETURN_REASONS);
  const quantity = random.whole(1, back.quantity);
  const refund = { amount: eur(quantity * back.unitPrice.amount), reason };
  return [
    ...delivered,
    step(orderId, 'ReturnOrder', { lines: [{ sku: back.sku, quantity }], reason }, 'support', WEEKS),
    step(payment, 'RefundPayment', refund, 'support', SAME_DAY),
  ];
}

function drawLines(articles: number, tag: string, random: Random) {
  const chosen = new Set(Array.from({ length: random.whole(1, 3) }, () => random.skewed(articles)));
  return [...chosen].map((index) => {
    const { sku, unitPrice } = articleAt(index, tag);
    return { sku, quantity: random.whole(1, 3), unitPrice: eur(unitPrice) };
  });
}
