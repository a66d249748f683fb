import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#server/kernel/decider.ts';
import { givenWhenThen } from '#testing/decider-spec.ts';
import { paymentDecider } from './decider.ts';
import type { PaymentEvent } from './events.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const details = { orderId: 'order-1', amount: eur(5000), method: 'card' as const };
const authorized: PaymentEvent = { eventType: 'PaymentAuthorized', data: details };
const captured: PaymentEvent = { eventType: 'PaymentCaptured', data: { amount: eur(5000) } };
const declined: PaymentEvent = { eventType: 'PaymentDeclined', data: { reason: 'funds' } };
const refundOf = (amount: number) => ({ amount: eur(amount), reason: 'returned' });
const refunded = (amount: number): PaymentEvent => ({ eventType: 'PaymentRefunded', data: refundOf(amount) });
const { given } = givenWhenThen(paymentDecider);

describe('a payment', () => {
  test('is authorized once', () => {
    given().when('AuthorizePayment', details).thenAppends(authorized);
    given(authorized).when('AuthorizePayment', details).thenNothing();
    given(authorized)
      .when('AuthorizePayment', { ...details, amount: eur(1) })
      .thenRefused('payment-already-authorized');
    given(declined).when('AuthorizePayment', details).thenRefused('payment-declined');
  });
  test('is captured with the amount that was authorized, once', () => {
    given(authorized).when('CapturePayment', {}).thenAppends(captured);
    given(authorized, captured).when('CapturePayment', {}).thenNothing();
    given().when('CapturePayment', {}).thenRefused('payment-not-authorized');
    given(authorized, declined).when('CapturePayment', {}).thenRefused('payment-declined');
  });
  test('is declined until it is captured', () => {
    given(authorized).when('DeclinePayment', { reason: 'funds' }).thenAppends(declined);
    given(authorized, declined).when('DeclinePayment', { reason: 'funds' }).thenNothing();
    given(authorized, captured).when('DeclinePayment', { reason: 'funds' }).thenRefused('payment-already-captured');
  });
  test('is refunded up to what was captured, in its own currency', () => {
    given(authorized).when('RefundPayment', refundOf(1)).thenRefused('payment-not-captured');
    given(authorized, captured).when('RefundPayment', refundOf(5000)).thenAppends(refunded(5000));
    given(authorized, captured, refunded(4000)).when('RefundPayment', refundOf(1000)).thenAppends(refunded(1000));
    given(authorized, captured, refunded(4000))
      .when('RefundPayment', refundOf(1001))
      .thenRefused('refund-exceeds-captured');
    given(authorized, captured)
      .when('RefundPayment', { amount: { amount: 1, currency: 'USD' }, reason: 'returned' })
      .thenRefused('currency-differs');
  });

  test('never gives back more than it took', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 })), (amounts) => {
        let state = [authorized, captured].reduce(paymentDecider.evolve, paymentDecider.initialState);
        for (const amount of amounts) {
          const decision = paymentDecider.decide(
            { commandType: 'RefundPayment', data: refundOf(amount), streamId: 'payment-1', receivedAt: '', actor: '' },
            state,
          );
          if (!isRefusal(decision)) state = decision.reduce(paymentDecider.evolve, state);
          expect(state.refunded).toBeLessThanOrEqual(state.captured);
        }
      }),
    );
  });
});
