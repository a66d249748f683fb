import type { Money } from '#server/domain/money.ts';
import { type Decider, type Refusal, refuse } from '#server/kernel/decider.ts';
import type { PaymentCommand } from './commands.ts';
import type { PaymentEvent } from './events.ts';

export type PaymentState = {
  status: 'none' | 'authorized' | 'captured' | 'declined' | 'refunded';
  orderId?: string;
  method?: string;
  amount?: Money;
  /** In the minor units of `amount`. */
  captured: number;
  refunded: number;
  declineReason?: string;
};

const initialState: PaymentState = { status: 'none', captured: 0, refunded: 0 };

function evolve(state: PaymentState, { eventType, data }: PaymentEvent): PaymentState {
  switch (eventType) {
    case 'PaymentAuthorized':
      return { ...state, status: 'authorized', ...data };
    case 'PaymentCaptured':
      return { ...state, status: 'captured', captured: data.amount.amount };
    case 'PaymentDeclined':
      return { ...state, status: 'declined', declineReason: data.reason };
    case 'PaymentRefunded':
      return { ...state, status: 'refunded', refunded: state.refunded + data.amount.amount };
    default:
      return state;
  }
}

/**
 * Refusals: `payment-not-authorized`, `payment-already-authorized`, `payment-declined`, `payment-already-captured`,
 * `payment-not-captured`, `currency-differs`, `refund-exceeds-captured`.
 */
function decide(command: PaymentCommand, state: PaymentState): PaymentEvent[] | Refusal {
  if (command.commandType === 'AuthorizePayment') return authorize(command.data, state);
  if (command.commandType === 'DeclinePayment') return decline(command.data.reason, state);
  if (state.status === 'declined') return refuse('payment-declined', 'the payment was declined');
  if (state.amount === undefined) return refuse('payment-not-authorized', 'the payment was never authorized');
  switch (command.commandType) {
    case 'CapturePayment':
      return state.status === 'authorized' ? [{ eventType: 'PaymentCaptured', data: { amount: state.amount } }] : [];
    case 'RefundPayment':
      return refund(command.data, state, state.amount);
    default:
      return command satisfies never;
  }
}

type AuthorizeData = Extract<PaymentCommand, { commandType: 'AuthorizePayment' }>['data'];

function authorize(data: AuthorizeData, state: PaymentState): PaymentEvent[] | Refusal {
  if (state.status === 'declined') return refuse('payment-declined', 'the payment was declined');
  if (state.amount === undefined) return [{ eventType: 'PaymentAuthorized', data }];
  const same =
    state.orderId === data.orderId &&
    state.method === data.method &&
    state.amount.amount === data.amount.amount &&
    state.amount.currency === data.amount.currency;
  return same ? [] : refuse('payment-already-authorized', 'a payment stands under this id with other content');
}

function decline(reason: string, { status }: PaymentState): PaymentEvent[] | Refusal {
  if (status === 'declined') return [];
  if (status === 'captured' || status === 'refunded') {
    return refuse('payment-already-captured', 'a captured payment can not be declined; refund it');
  }
  return [{ eventType: 'PaymentDeclined', data: { reason } }];
}

type RefundData = Extract<PaymentCommand, { commandType: 'RefundPayment' }>['data'];

function refund(data: RefundData, { captured, refunded }: PaymentState, held: Money): PaymentEvent[] | Refusal {
  if (captured === 0) return refuse('payment-not-captured', 'nothing was captured that could be given back');
  if (data.amount.currency !== held.currency) {
    return refuse('currency-differs', `the payment is in ${held.currency}`);
  }
  if (data.amount.amount > captured - refunded) {
    return refuse('refund-exceeds-captured', `at most ${captured - refunded} can still be refunded`);
  }
  return [{ eventType: 'PaymentRefunded', data }];
}

/** One payment for one order. */
export const paymentDecider: Decider<PaymentState, PaymentCommand, PaymentEvent> = {
  category: 'payment',
  version: 1,
  initialState,
  evolve,
  decide,
};
