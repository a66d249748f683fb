import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ProcessManager, WantedCommand } from '#server/kernel/process.ts';
import { type FulfilmentState, fulfilmentDecider } from './decider.ts';
import type { FulfilmentEvent } from './events.ts';
import { learn } from './learn.ts';

/** How long a fulfilment that was started before its order waits for it. */
const ORDER_SECONDS = 600;

/**
 * The next command. A step that is open when the undoing begins is sent all the same before anything is undone: its id
 * is then spent, and a worker that slept with it in hand gets the first answer, not a second reservation.
 */
function wants(state: FulfilmentState): WantedCommand | undefined {
  if (state.openStep !== null) return goForward(state.openStep, state);
  return state.status === 'undoing' ? undo(state) : undefined;
}

function goForward(step: string, state: FulfilmentState): WantedCommand {
  const { orderId, method, total } = state;
  if (step === 'authorize') {
    const data = { orderId, amount: total, method };
    return { step, commandType: 'AuthorizePayment', streamId: paymentOf(orderId), data };
  }
  if (step === 'confirm') return { step, commandType: 'ConfirmOrder', streamId: orderId, data: {} };
  const sku = step.slice('reserve '.length);
  const quantity = state.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  return { step, commandType: 'ReserveStock', streamId: `stock-${sku}`, data: { orderId, quantity } };
}

/** Money first, then goods, the order last: whoever sees it cancelled sees everything undone. */
function undo(state: FulfilmentState): WantedCommand {
  const { orderId, total, reserved, payment } = state;
  const reason = (state.message ?? 'the fulfilment broke off').slice(0, 500);
  if (payment === 'authorized') {
    return { step: 'decline', commandType: 'DeclinePayment', streamId: paymentOf(orderId), data: { reason } };
  }
  if (payment === 'captured') {
    const data: JsonObject = { amount: total, reason };
    return { step: 'refund', commandType: 'RefundPayment', streamId: paymentOf(orderId), data };
  }
  const [sku] = reserved;
  if (sku !== undefined) {
    const step = `release ${sku}`;
    return { step, commandType: 'ReleaseReservation', streamId: `stock-${sku}`, data: { orderId } };
  }
  return { step: 'cancel', commandType: 'CancelOrder', streamId: orderId, data: { reason } };
}

/** An order and its payment have one id. */
const paymentOf = (orderId: string) => `payment-${orderId.slice('order-'.length)}`;

function processOf({ category, streamId, eventType }: RecordedEvent): string | undefined {
  if (category === 'order' && (eventType === 'OrderPlaced' || eventType === 'OrderCancelled')) {
    return `fulfilment-${streamId}`;
  }
  if (category === 'payment' && (eventType === 'PaymentCaptured' || eventType === 'PaymentDeclined')) {
    return `fulfilment-order-${streamId.slice('payment-'.length)}`;
  }
  return undefined;
}

function deadlineAfter({ eventType }: Pick<RecordedEvent, 'eventType'>, { paymentSeconds }: FulfilmentState) {
  if (eventType === 'FulfilmentStarted') return { name: 'order', seconds: ORDER_SECONDS };
  if (eventType === 'FulfilmentPaymentAuthorized') return { name: 'payment', seconds: paymentSeconds };
  return undefined;
}

/** Ties order, stock and payment together. Stock is heard through the answers to what is asked of it. */
export const fulfilment: ProcessManager<FulfilmentState, FulfilmentEvent> = {
  name: 'fulfilment',
  decider: fulfilmentDecider as ProcessManager<FulfilmentState, FulfilmentEvent>['decider'],
  startedBy: 'FulfilmentStarted',
  reactsTo: ['order', 'payment'],
  processOf,
  pastOf: (streamId) => {
    const orderId = streamId.slice('fulfilment-'.length);
    return [orderId, paymentOf(orderId)];
  },
  learn,
  wants,
  hasEnded: ({ status }) => status === 'confirmed' || status === 'cancelled' || status === 'failed',
  deadlineAfter,
};
