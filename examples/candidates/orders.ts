import { orderDecider } from '#server/domain/order/decider.ts';
import type { Decider } from '#server/kernel/decider.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { ordersProjection } from '#server/projections/definitions/orders.ts';

/*
 * Versions to be compared with those shipped: TIDEMARK_CANDIDATES=examples/candidates/orders.ts npm start.
 * docs/comparing.md leads through them.
 */

/** By status, so that a page of one status does not pass over all others. */
const BY_STATUS = 'create index orders_by_status on orders (status, order_id)';

/** The second version has the index, and a fault: it takes totals in whole units of the currency. */
const second: Projection = {
  ...ordersProjection,
  version: 2,
  indexes: [...(ordersProjection.indexes ?? []), BY_STATUS],
  code: import.meta.url,
  apply: (events, write, context) => ordersProjection.apply(events.map(inWholeUnits), write, context),
};

/** The third has the index alone. */
const third: Projection = { ...second, version: 3, apply: ordersProjection.apply };

export const projections: readonly Projection[] = [second, third];

/** An order that is confirmed can't be cancelled any more. */
const strict: Decider = {
  ...(orderDecider as unknown as Decider),
  decide(command, state) {
    if (command.commandType === 'CancelOrder' && state.status === 'confirmed') {
      return { refused: { code: 'order-confirmed', message: 'a confirmed order can not be cancelled' } };
    }
    return (orderDecider as unknown as Decider).decide(command, state);
  },
};

export const deciders = [{ version: 'no-late-cancel', label: 'a confirmed order stays', decider: strict }];

function inWholeUnits(event: RecordedEvent): RecordedEvent {
  const total = event.data.total as JsonObject | undefined;
  if (event.eventType !== 'OrderPlaced' || typeof total?.amount !== 'number') return event;
  return { ...event, data: { ...event.data, total: { ...total, amount: Math.round(total.amount / 100) * 100 } } };
}
