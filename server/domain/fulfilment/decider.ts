import type { Money } from '#server/domain/money.ts';
import { type Decider, type Refusal, refuse } from '#server/kernel/decider.ts';
import type { FulfilmentCommand } from './commands.ts';
import type { FulfilmentEvent, FulfilmentLine } from './events.ts';

/**
 * States of a fulfilment: `waiting` for the order to be placed, `reserving` its lines, `paying` (authorized, until the
 * capture), `confirming`, `confirmed`; or `undoing`, and then `cancelled`, or `failed` where a person must look.
 */
export type FulfilmentStatus =
  | 'none'
  | 'waiting'
  | 'reserving'
  | 'paying'
  | 'confirming'
  | 'confirmed'
  | 'undoing'
  | 'cancelled'
  | 'failed';

export type FulfilmentState = {
  status: FulfilmentStatus;
  orderId: string;
  method: string;
  paymentSeconds: number;
  lines: FulfilmentLine[];
  total: Money | null;
  /** The command that goes forward and is not answered yet: it may be under way. */
  openStep: string | null;
  reserved: string[];
  payment: 'none' | 'authorized' | 'captured' | 'declined' | 'refunded';
  because: string | null;
  message: string | null;
  orderCancelled: boolean;
  refusals: { step: string; code: string }[];
};

const initialState: FulfilmentState = {
  status: 'none',
  orderId: '',
  method: '',
  paymentSeconds: 0,
  lines: [],
  total: null,
  openStep: null,
  reserved: [],
  payment: 'none',
  because: null,
  message: null,
  orderCancelled: false,
  refusals: [],
};

function evolve(state: FulfilmentState, { eventType, data }: FulfilmentEvent): FulfilmentState {
  switch (eventType) {
    case 'FulfilmentStarted':
      return { ...state, status: 'waiting', ...data };
    case 'FulfilmentOrderSeen':
      return forward({ ...state, status: 'reserving', ...data });
    case 'FulfilmentStockReserved':
      return forward({ ...state, reserved: [...state.reserved, data.sku], openStep: null });
    case 'FulfilmentPaymentAuthorized':
      // Captured already, by somebody who was faster than the answer.
      if (state.payment === 'captured') return captured(closed(state));
      // Nor does a late answer bring back what was declined.
      return { ...closed(state), payment: state.payment === 'none' ? 'authorized' : state.payment };
    case 'FulfilmentPaymentCaptured':
      return captured(state);
    case 'FulfilmentConfirmed':
      return state.status === 'confirming' ? { ...state, status: 'confirmed', openStep: null } : closed(state);
    case 'FulfilmentBroken':
      return {
        ...state,
        status: 'undoing',
        // The first reason stays: it stands in commands that may have been sent.
        because: state.because ?? data.because,
        message: state.message ?? data.message,
        orderCancelled: state.orderCancelled || data.orderCancelled,
      };
    case 'FulfilmentStepRefused':
      return closed({ ...state, refusals: [...state.refusals, data] });
    case 'FulfilmentPaymentSettled':
      return { ...state, payment: data.how };
    case 'FulfilmentReservationReleased':
      return { ...state, reserved: state.reserved.filter((sku) => sku !== data.sku) };
    case 'FulfilmentCancelled':
      return { ...state, status: 'cancelled', orderCancelled: true };
    case 'FulfilmentFailed':
      return { ...state, status: 'failed', openStep: null, message: data.message };
    default:
      return state;
  }
}

function captured(state: FulfilmentState): FulfilmentState {
  const paid: FulfilmentState = { ...state, payment: 'captured' };
  return state.status === 'paying' ? { ...paid, status: 'confirming', openStep: 'confirm' } : paid;
}

const closed = (state: FulfilmentState): FulfilmentState => ({ ...state, openStep: null });

/** Line by line, then the payment. While undoing nothing new is begun. */
function forward(state: FulfilmentState): FulfilmentState {
  if (state.status !== 'reserving') return closed(state);
  const next = state.lines.find((line) => !state.reserved.includes(line.sku));
  return next === undefined
    ? { ...state, status: 'paying', openStep: 'authorize' }
    : { ...state, openStep: `reserve ${next.sku}` };
}

/** Refusals: `not-an-order`, `fulfilment-already-started`. */
function decide({ streamId, data }: FulfilmentCommand, state: FulfilmentState): FulfilmentEvent[] | Refusal {
  const orderId = streamId.slice('fulfilment-'.length);
  if (!/^order-./.test(orderId)) {
    return refuse('not-an-order', 'the stream must name its order, such as fulfilment-order-7f3');
  }
  if (state.status === 'none') return [{ eventType: 'FulfilmentStarted', data: { orderId, ...data } }];
  const same = state.method === data.method && state.paymentSeconds === data.paymentSeconds;
  return same ? [] : refuse('fulfilment-already-started', 'the fulfilment began with another method or time');
}

/** How an order is fulfilled: what happened so far, and the command that begins it. */
export const fulfilmentDecider: Decider<FulfilmentState, FulfilmentCommand, FulfilmentEvent> = {
  category: 'fulfilment',
  version: 2,
  initialState,
  evolve,
  decide,
};
