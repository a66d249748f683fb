import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import type { Context } from './context.ts';

/** The state of a stream by the service that its category is routed to; undefined where it is served here. */
export function routedState(
  { services, caller, requestId, signal }: Context,
  { streamId, ...query }: { streamId: StreamId; version?: number | undefined; at?: string | undefined },
) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const path = `/streams/${encodeURIComponent(streamId)}/state${search === '' ? '' : `?${search}`}`;
  return services.serviceRoutes.query(categoryOf(streamId), path, { caller, requestId, signal });
}
