import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#server/kernel/decider.ts';
import { givenWhenThen } from '#testing/decider-spec.ts';
import type { StockCommand } from './commands.ts';
import { stockDecider } from './decider.ts';
import type { StockEvent } from './events.ts';

const received: StockEvent = { eventType: 'StockReceived', data: { quantity: 10 } };
const reserved: StockEvent = { eventType: 'StockReserved', data: { orderId: 'order-1', quantity: 4 } };
const dispatched: StockEvent = { eventType: 'StockDispatched', data: { orderId: 'order-1', quantity: 4 } };
const { given } = givenWhenThen(stockDecider);

describe('stock', () => {
  test('is received and reserved up to what is available', () => {
    given().when('ReceiveStock', { quantity: 10 }).thenAppends(received);
    given(received).when('ReserveStock', { orderId: 'order-1', quantity: 4 }).thenAppends(reserved);
    given(received, reserved).when('ReserveStock', { orderId: 'order-2', quantity: 7 }).thenRefused('not-enough-stock');
    given().when('ReserveStock', { orderId: 'order-1', quantity: 1 }).thenRefused('not-enough-stock');
  });
  test('is reserved once an order', () => {
    given(received, reserved).when('ReserveStock', { orderId: 'order-1', quantity: 4 }).thenNothing();
    given(received, reserved).when('ReserveStock', { orderId: 'order-1', quantity: 5 }).thenRefused('already-reserved');
    given(received, reserved, dispatched)
      .when('ReserveStock', { orderId: 'order-1', quantity: 4 })
      .thenRefused('already-dispatched');
  });
  test('gives a reservation back, or sends it, once', () => {
    const released: StockEvent = { eventType: 'ReservationReleased', data: { orderId: 'order-1', quantity: 4 } };
    given(received, reserved).when('ReleaseReservation', { orderId: 'order-1' }).thenAppends(released);
    given(received, reserved, released).when('ReleaseReservation', { orderId: 'order-1' }).thenNothing();
    given(received, reserved).when('DispatchStock', { orderId: 'order-1' }).thenAppends(dispatched);
    given(received, reserved, dispatched).when('DispatchStock', { orderId: 'order-1' }).thenNothing();
    given(received).when('DispatchStock', { orderId: 'order-1' }).thenRefused('no-such-reservation');
  });
  test('can not be adjusted below what is reserved', () => {
    given(received, reserved).when('AdjustStock', { delta: -7, reason: 'broken' }).thenRefused('below-reserved');
    given(received, reserved)
      .when('AdjustStock', { delta: -6, reason: 'broken' })
      .thenAppends({ eventType: 'StockAdjusted', data: { delta: -6, reason: 'broken' } });
  });
  test('takes orders of any name', () => {
    given(received)
      .when('ReserveStock', { orderId: 'constructor', quantity: 1 })
      .thenAppends({ eventType: 'StockReserved', data: { orderId: 'constructor', quantity: 1 } });
  });

  test('is never negative, never reserved beyond what is there, whatever commands come', () => {
    const orderId = fc.constantFrom('a', 'b', 'c');
    const quantity = fc.integer({ min: 1, max: 20 });
    const command = fc.oneof(
      fc.record({ commandType: fc.constant('ReceiveStock'), data: fc.record({ quantity }) }),
      fc.record({ commandType: fc.constant('ReserveStock'), data: fc.record({ orderId, quantity }) }),
      fc.record({ commandType: fc.constantFrom('ReleaseReservation', 'DispatchStock'), data: fc.record({ orderId }) }),
      fc.record({
        commandType: fc.constant('AdjustStock'),
        data: fc.record({ delta: fc.integer({ min: -20, max: 20 }), reason: fc.constant('count') }),
      }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        let state = stockDecider.initialState;
        for (const { commandType, data } of commands) {
          const decision = stockDecider.decide(
            { commandType, data, streamId: 'stock-1', receivedAt: '', actor: '' } as StockCommand,
            state,
          );
          if (!isRefusal(decision)) state = decision.reduce(stockDecider.evolve, state);
          expect(state.onHand).toBeGreaterThanOrEqual(0);
          expect(state.available).toBe(state.onHand - state.reserved);
          expect(state.available).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
