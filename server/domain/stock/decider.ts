import { type Decider, type Refusal, refuse } from '#server/kernel/decider.ts';
import type { StockCommand } from './commands.ts';
import type { StockEvent } from './events.ts';

export type StockState = {
  onHand: number;
  reserved: number;
  /** `onHand` less `reserved`. */
  available: number;
  /** Open reservations by order. */
  reservations: Record<string, number>;
  /** Orders whose goods have left, so that a repeated dispatch is nothing new. */
  dispatched: Record<string, number>;
};

const initialState: StockState = { onHand: 0, reserved: 0, available: 0, reservations: {}, dispatched: {} };

function evolve(state: StockState, { eventType, data }: StockEvent): StockState {
  switch (eventType) {
    case 'StockReceived':
      return counted({ ...state, onHand: state.onHand + data.quantity });
    case 'StockReserved':
      return counted({ ...state, reservations: { ...state.reservations, [data.orderId]: data.quantity } });
    case 'ReservationReleased':
      return counted({ ...state, reservations: without(state.reservations, data.orderId) });
    case 'StockDispatched':
      return counted({
        ...state,
        onHand: state.onHand - data.quantity,
        reservations: without(state.reservations, data.orderId),
        dispatched: { ...state.dispatched, [data.orderId]: data.quantity },
      });
    case 'StockAdjusted':
      return counted({ ...state, onHand: state.onHand + data.delta });
    default:
      return state;
  }
}

/**
 * Refusals: `not-enough-stock`, `already-reserved`, `already-dispatched`, `no-such-reservation`, `below-reserved`,
 * `stock-too-large`.
 */
function decide(command: StockCommand, state: StockState): StockEvent[] | Refusal {
  switch (command.commandType) {
    case 'ReceiveStock':
      if (!Number.isSafeInteger(state.onHand + command.data.quantity)) {
        return refuse('stock-too-large', 'the stock is past what can be counted exactly');
      }
      return [{ eventType: 'StockReceived', data: command.data }];
    case 'ReserveStock':
      return reserve(command.data, state);
    case 'ReleaseReservation':
      return release(command.data.orderId, state);
    case 'DispatchStock':
      return dispatch(command.data.orderId, state);
    case 'AdjustStock':
      if (state.onHand + command.data.delta < state.reserved) {
        return refuse('below-reserved', `${state.reserved} are reserved; the stock can not fall below that`);
      }
      return [{ eventType: 'StockAdjusted', data: command.data }];
    default:
      return command satisfies never;
  }
}

function reserve({ orderId, quantity }: { orderId: string; quantity: number }, state: StockState) {
  const held = quantityOf(state.reservations, orderId);
  if (held === quantity) return [];
  if (held !== undefined) return refuse('already-reserved', `${held} are reserved for this order already`);
  if (quantityOf(state.dispatched, orderId) !== undefined) {
    return refuse('already-dispatched', 'the goods of this order have left');
  }
  if (quantity > state.available) return refuse('not-enough-stock', `only ${state.available} are available`);
  return [{ eventType: 'StockReserved' as const, data: { orderId, quantity } }];
}

function release(orderId: string, state: StockState) {
  const quantity = quantityOf(state.reservations, orderId);
  if (quantity === undefined) return [];
  return [{ eventType: 'ReservationReleased' as const, data: { orderId, quantity } }];
}

function dispatch(orderId: string, state: StockState) {
  if (quantityOf(state.dispatched, orderId) !== undefined) return [];
  const quantity = quantityOf(state.reservations, orderId);
  if (quantity === undefined) return refuse('no-such-reservation', 'nothing is reserved for this order');
  return [{ eventType: 'StockDispatched' as const, data: { orderId, quantity } }];
}

/** By own key only: an order may have any id, `constructor` too. */
function quantityOf(quantities: Record<string, number>, orderId: string): number | undefined {
  return Object.hasOwn(quantities, orderId) ? quantities[orderId] : undefined;
}

function counted(state: StockState): StockState {
  const reserved = Object.values(state.reservations).reduce((sum, quantity) => sum + quantity, 0);
  return { ...state, reserved, available: state.onHand - reserved };
}

function without(quantities: Record<string, number>, orderId: string): Record<string, number> {
  return Object.fromEntries(Object.entries(quantities).filter(([id]) => id !== orderId));
}

/** The stock of one article. */
export const stockDecider: Decider<StockState, StockCommand, StockEvent> = {
  category: 'stock',
  version: 1,
  initialState,
  evolve,
  decide,
};
