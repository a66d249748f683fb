import { orderDecider } from '#server/domain/order/decider.ts';
import type { Decider } from '#server/kernel/decider.ts';

const usual = orderDecider as unknown as Decider;

/** The decider of orders, which differs for the orders of four customers in each way in which two can differ. */
export const variedOrder: Decider = {
  ...usual,
  evolve(state, event) {
    const next = usual.evolve(state, event);
    const { cancelReason } = next;
    const loud = event.eventType === 'OrderCancelled' && state.customerId === 'cus-4';
    return loud && typeof cancelReason === 'string' ? { ...next, cancelReason: cancelReason.toUpperCase() } : next;
  },
  decide(command, state) {
    const { commandType } = command;
    const { customerId, status } = state;
    if (commandType === 'CancelOrder' && customerId === 'cus-1' && status === 'confirmed')
      return { refused: { code: 'order-confirmed', message: 'a confirmed order can not be cancelled' } };
    if (commandType === 'ConfirmOrder' && customerId === 'cus-2' && status === 'placed')
      return [{ eventType: 'OrderConfirmed', data: { by: 'desk' } }];
    if (commandType === 'ShipOrder' && customerId === 'cus-3' && status === 'cancelled')
      return { refused: { code: 'order-closed', message: 'the order is closed' } };
    return usual.decide(command, state);
  },
};
