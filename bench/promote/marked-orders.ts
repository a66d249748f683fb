import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { ordersProjection } from '#server/projections/definitions/orders.ts';

/** The customer whose orders show which version answered, and what one of them costs in the first. */
export const MARKER = 'marker';
export const MARKED_AMOUNT = 1000;

/** Orders as they are shipped, but those of the marker cost a unit more: a row says which version it comes from. */
const marked: Projection = {
  ...ordersProjection,
  version: 2,
  code: import.meta.url,
  apply: (events, write, context) => ordersProjection.apply(events.map(mark), write, context),
};

export const projections: readonly Projection[] = [marked];

function mark(event: RecordedEvent): RecordedEvent {
  const total = event.data.total as JsonObject | undefined;
  if (event.data.customerId !== MARKER || typeof total?.amount !== 'number') return event;
  return { ...event, data: { ...event.data, total: { ...total, amount: total.amount + 1 } } };
}
