import type { Money } from '#server/domain/money.ts';
import type { ProcessInput, StepAnswer } from '#server/kernel/process.ts';
import type { FulfilmentState } from './decider.ts';
import type { FulfilmentEvent, FulfilmentLine } from './events.ts';

/** What a fulfilment makes of what happens around it. What it knows already adds nothing. */
export function learn(input: ProcessInput, state: FulfilmentState): FulfilmentEvent[] {
  if (state.status === 'none' || state.status === 'cancelled' || state.status === 'failed') return [];
  switch (input.kind) {
    case 'event':
      return fromEvent(input, state);
    case 'answer':
      return state.status === 'undoing' && input.answer.step !== state.openStep
        ? undone(input.answer, state)
        : done(input.answer, state);
    case 'timeout':
      return timedOut(input.name, state);
    default:
      return input satisfies never;
  }
}

const broken = (because: string, message: string, orderCancelled = false): FulfilmentEvent => ({
  eventType: 'FulfilmentBroken',
  data: { because, message, orderCancelled },
});

type OfEvent = Extract<ProcessInput, { kind: 'event' }>;

function fromEvent({ eventType, data }: OfEvent, state: FulfilmentState): FulfilmentEvent[] {
  switch (eventType) {
    case 'OrderPlaced': {
      if (state.status !== 'waiting') return [];
      const lines = (data.lines as unknown as FulfilmentLine[]).map(({ sku, quantity }) => ({ sku, quantity }));
      return [{ eventType: 'FulfilmentOrderSeen', data: { lines, total: data.total as unknown as Money } }];
    }
    case 'OrderCancelled':
      if (state.orderCancelled) return [];
      return [broken('order-cancelled', `the order was cancelled: ${data.reason as string}`, true)];
    case 'PaymentCaptured':
      if (state.payment !== 'authorized' && state.payment !== 'none') return [];
      return [{ eventType: 'FulfilmentPaymentCaptured', data: {} }];
    case 'PaymentDeclined': {
      if (state.payment !== 'authorized' && state.payment !== 'none') return [];
      const settled: FulfilmentEvent = { eventType: 'FulfilmentPaymentSettled', data: { how: 'declined' } };
      const why = `the payment was declined: ${data.reason as string}`;
      return state.status === 'undoing' ? [settled] : [settled, broken('payment-declined', why)];
    }
    default:
      return [];
  }
}

/** An answer to the command that went forward; one of an earlier step is known. */
function done({ step, outcome, code, message }: StepAnswer, state: FulfilmentState): FulfilmentEvent[] {
  if (step !== state.openStep) return [];
  if (outcome !== 'rejected') {
    if (step === 'authorize') return [{ eventType: 'FulfilmentPaymentAuthorized', data: {} }];
    if (step === 'confirm') return [{ eventType: 'FulfilmentConfirmed', data: {} }];
    return [{ eventType: 'FulfilmentStockReserved', data: { sku: step.slice('reserve '.length) } }];
  }
  const refused: FulfilmentEvent = { eventType: 'FulfilmentStepRefused', data: { step, code: code ?? 'refused' } };
  if (state.status === 'undoing') return [refused];
  return [refused, broken(code ?? 'refused', `${step}: ${message ?? 'refused'}`, code === 'order-cancelled')];
}

/** An answer to a command that undoes. A refusal means that another was faster, or that a person must look. */
function undone({ step, outcome, code, message }: StepAnswer, state: FulfilmentState): FulfilmentEvent[] {
  const refused = outcome === 'rejected';
  const failed: FulfilmentEvent = {
    eventType: 'FulfilmentFailed',
    data: { step, code: code ?? 'refused', message: message ?? '' },
  };
  switch (step) {
    case 'decline':
      if (state.payment !== 'authorized') return [];
      if (code === 'payment-already-captured') return [{ eventType: 'FulfilmentPaymentCaptured', data: {} }];
      return refused ? [failed] : [{ eventType: 'FulfilmentPaymentSettled', data: { how: 'declined' } }];
    case 'refund':
      if (state.payment !== 'captured') return [];
      return refused ? [failed] : [{ eventType: 'FulfilmentPaymentSettled', data: { how: 'refunded' } }];
    case 'cancel':
      if (refused && code !== 'order-not-placed') return [failed];
      return [{ eventType: 'FulfilmentCancelled', data: { because: state.because ?? '' } }];
    default: {
      // Also the answer of a step forward, told once more.
      if (!step.startsWith('release ')) return [];
      const sku = step.slice('release '.length);
      if (!state.reserved.includes(sku)) return [];
      return refused ? [failed] : [{ eventType: 'FulfilmentReservationReleased', data: { sku } }];
    }
  }
}

function timedOut(name: string, state: FulfilmentState): FulfilmentEvent[] {
  if (name === 'order' && state.status === 'waiting') {
    return [broken('order-timeout', 'the order was not placed in time')];
  }
  if (name === 'payment' && state.status === 'paying') {
    return [broken('payment-timeout', `the payment was not captured within ${state.paymentSeconds} s`)];
  }
  return [];
}
