import { describe, expect, test } from 'vitest';
import { isRefusal } from '#server/kernel/decider.ts';
import type { ProcessInput, StepAnswer } from '#server/kernel/process.ts';
import { fulfilmentDecider } from './decider.ts';
import type { FulfilmentEvent } from './events.ts';
import { fulfilment } from './process.ts';

const total = { amount: 5700, currency: 'EUR' };
const lines = [
  { sku: 'TEE', quantity: 2 },
  { sku: 'MUG', quantity: 1 },
];
const started: FulfilmentEvent = {
  eventType: 'FulfilmentStarted',
  data: { orderId: 'order-1', method: 'card', paymentSeconds: 60 },
};
const seen: FulfilmentEvent = { eventType: 'FulfilmentOrderSeen', data: { lines, total } };
const reserved = (sku: string): FulfilmentEvent => ({ eventType: 'FulfilmentStockReserved', data: { sku } });
const released = (sku: string): FulfilmentEvent => ({ eventType: 'FulfilmentReservationReleased', data: { sku } });
const authorized: FulfilmentEvent = { eventType: 'FulfilmentPaymentAuthorized', data: {} };
const captured: FulfilmentEvent = { eventType: 'FulfilmentPaymentCaptured', data: {} };
const settled = (how: 'declined' | 'refunded'): FulfilmentEvent => ({
  eventType: 'FulfilmentPaymentSettled',
  data: { how },
});
const broken = (because: string, orderCancelled = false): FulfilmentEvent => ({
  eventType: 'FulfilmentBroken',
  data: { because, message: 'why', orderCancelled },
});
const reservedAll = [started, seen, reserved('TEE'), reserved('MUG')];

const given = (...events: FulfilmentEvent[]) => {
  const state = events.reduce(fulfilmentDecider.evolve, fulfilmentDecider.initialState);
  const after = (input: ProcessInput) => ({
    thenLearns: (...expected: unknown[]) => expect(fulfilment.learn(input, state)).toMatchObject(expected),
    thenNothing: () => expect(fulfilment.learn(input, state)).toEqual([]),
  });
  return {
    when: (eventType: string, data: object = {}) =>
      after({ kind: 'event', streamId: 'order-1', eventType, data: data as never }),
    whenAnswered: (step: string, outcome: StepAnswer['outcome'], code: string | null = null) =>
      after({ kind: 'answer', answer: { step, outcome, code, message: code } }),
    whenPassed: (name: string) => after({ kind: 'timeout', name }),
    wants: (step: string | undefined) => expect(fulfilment.wants(state)?.step).toBe(step),
    status: (status: string) => expect(state.status).toBe(status),
  };
};

describe('fulfilment', () => {
  test('begins once, for an order', () => {
    const decide = (streamId: string, method: 'card' | 'wallet', ...events: FulfilmentEvent[]) =>
      fulfilmentDecider.decide(
        { commandType: 'StartFulfilment', streamId, data: { method, paymentSeconds: 60 }, receivedAt: '', actor: 'a' },
        events.reduce(fulfilmentDecider.evolve, fulfilmentDecider.initialState),
      );
    expect(decide('fulfilment-order-1', 'card')).toEqual([started]);
    expect(decide('fulfilment-order-1', 'card', started)).toEqual([]);
    expect(decide('fulfilment-order-1', 'wallet', started)).toMatchObject({
      refused: { code: 'fulfilment-already-started' },
    });
    expect(isRefusal(decide('fulfilment-7', 'card'))).toBe(true);
  });

  test('reserves line by line, has the payment authorized, waits for the capture, confirms', () => {
    given(started).wants(undefined);
    given(started).when('OrderPlaced', { lines, total }).thenLearns({ eventType: 'FulfilmentOrderSeen' });
    given(started, seen).wants('reserve TEE');
    given(started, seen).whenAnswered('reserve TEE', 'accepted').thenLearns(reserved('TEE'));
    given(started, seen, reserved('TEE')).wants('reserve MUG');
    given(...reservedAll).wants('authorize');
    given(...reservedAll)
      .whenAnswered('authorize', 'accepted')
      .thenLearns(authorized);
    given(...reservedAll, authorized).wants(undefined);
    given(...reservedAll, authorized)
      .when('PaymentCaptured')
      .thenLearns(captured);
    given(...reservedAll, authorized, captured).wants('confirm');
    given(...reservedAll, authorized, captured)
      .whenAnswered('confirm', 'accepted')
      .thenLearns({ eventType: 'FulfilmentConfirmed' });
    given(...reservedAll, authorized, captured, { eventType: 'FulfilmentConfirmed', data: {} }).wants(undefined);
  });

  test('missing stock gives back what was reserved and cancels the order, without touching money', () => {
    given(started, seen, reserved('TEE'))
      .whenAnswered('reserve MUG', 'rejected', 'not-enough-stock')
      .thenLearns({ eventType: 'FulfilmentStepRefused' }, { eventType: 'FulfilmentBroken' });
    const refused: FulfilmentEvent = {
      eventType: 'FulfilmentStepRefused',
      data: { step: 'reserve MUG', code: 'not-enough-stock' },
    };
    const undoing = [started, seen, reserved('TEE'), refused, broken('not-enough-stock')];
    given(...undoing).wants('release TEE');
    given(...undoing, released('TEE')).wants('cancel');
    given(...undoing, released('TEE'))
      .whenAnswered('cancel', 'accepted')
      .thenLearns({ eventType: 'FulfilmentCancelled' });
  });

  test('a declined payment, or none in time, undoes everything', () => {
    given(...reservedAll, authorized)
      .when('PaymentDeclined', { reason: 'no funds' })
      .thenLearns(settled('declined'), { eventType: 'FulfilmentBroken' });
    given(...reservedAll, authorized, settled('declined'), broken('payment-declined')).wants('release TEE');
    given(...reservedAll, authorized)
      .whenPassed('payment')
      .thenLearns({ eventType: 'FulfilmentBroken', data: { because: 'payment-timeout' } });
    given(...reservedAll, authorized, broken('payment-timeout')).wants('decline');
    given(...reservedAll, authorized, captured)
      .whenPassed('payment')
      .thenNothing();
  });

  test('a capture that overtakes the decline is refunded', () => {
    const undoing = [...reservedAll, authorized, broken('payment-timeout')];
    given(...undoing)
      .whenAnswered('decline', 'rejected', 'payment-already-captured')
      .thenLearns(captured);
    given(...undoing, captured).wants('refund');
    given(...undoing, captured, settled('refunded')).wants('release TEE');
  });

  test('a customer who cancels gets the money back, whenever it is', () => {
    given(...reservedAll, authorized, captured)
      .whenAnswered('confirm', 'rejected', 'order-cancelled')
      .thenLearns(
        { eventType: 'FulfilmentStepRefused' },
        { eventType: 'FulfilmentBroken', data: { orderCancelled: true } },
      );
    given(...reservedAll, authorized, captured, { eventType: 'FulfilmentConfirmed', data: {} })
      .when('OrderCancelled', { reason: 'changed my mind' })
      .thenLearns({ eventType: 'FulfilmentBroken', data: { orderCancelled: true } });
    given(...reservedAll, broken('order-cancelled', true))
      .when('OrderCancelled', { reason: 'again' })
      .thenNothing();
  });

  test('a command that may be under way is ended before anything is undone', () => {
    const cut = [started, seen, reserved('TEE'), broken('order-cancelled', true)];
    given(...cut).wants('reserve MUG');
    given(...cut)
      .whenAnswered('reserve MUG', 'accepted')
      .thenLearns(reserved('MUG'));
    given(...cut, reserved('MUG'))
      .whenAnswered('reserve MUG', 'accepted')
      .thenNothing();
    given(...cut, reserved('MUG')).wants('release TEE');
    given(...reservedAll, broken('order-cancelled', true)).wants('authorize');
    given(...reservedAll, broken('order-cancelled', true), authorized).wants('decline');
    const early = [...reservedAll, settled('declined'), broken('payment-declined')];
    given(...early).wants('authorize');
    given(...early, authorized).wants('release TEE');
  });

  test('what can not be undone asks for a person', () => {
    given(...reservedAll, authorized, captured, broken('order-cancelled', true)).wants('confirm');
    const closed: FulfilmentEvent = { eventType: 'FulfilmentStepRefused', data: { step: 'confirm', code: 'x' } };
    const undoing = [...reservedAll, authorized, captured, broken('order-cancelled', true), closed];
    given(...undoing)
      .whenAnswered('refund', 'rejected', 'refund-exceeds-captured')
      .thenLearns({ eventType: 'FulfilmentFailed', data: { step: 'refund' } });
  });

  test('an answer or an event that is known adds nothing', () => {
    given(...reservedAll)
      .whenAnswered('reserve TEE', 'accepted')
      .thenNothing();
    given(...reservedAll, authorized, captured)
      .when('PaymentCaptured')
      .thenNothing();
    given(started, seen).when('OrderPlaced', { lines, total }).thenNothing();
    given().when('OrderPlaced', { lines, total }).thenNothing();
  });
});
