import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Authenticate } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { matchRoute } from '#server/rest/routes.ts';
import type { Context } from '#server/trpc/context.ts';
import { costOf } from '#server/trpc/cost.ts';
import type { Services } from '#server/trpc/services.ts';
import { visibleServices } from '#server/trpc/visible-services.ts';
import type { Answer } from './answer.ts';

/** Of the calls in one tRPC batch, as of the parts of `POST /batch`. */
const BATCH_MAX = 10;

/**
 * Takes a request of the API through the gateway: who asks, and whether its limit allows it. The answer then carries the
 * limit's headers. `procedures`: what the request calls.
 */
export async function enter(
  request: IncomingMessage,
  response: Answer,
  options: { services: Services; authenticate: Authenticate; requestId: string; procedures: readonly string[] },
): Promise<Context> {
  const { services, authenticate, requestId, procedures } = options;
  const { headers, socket } = request;
  const address = socket.remoteAddress ?? '';
  let cost = 0;
  for (const procedure of procedures) cost += costOf(procedure);
  const { caller, headers: ofLimit } = await services.gateway.admit(
    { headers, address, cost: Math.max(1, cost) },
    authenticate,
  );
  response.later(ofLimit);
  return {
    services: visibleServices({ services, caller }),
    requestId,
    caller,
    callerNow() {
      return authenticate(headers, address);
    },
    from: { address, userAgent: headers['user-agent']?.slice(0, 256) },
    signal: goneSignal(socket),
  };
}

/** The procedures that a tRPC path names, several with commas between them. Throws where there are too many. */
export function trpcProcedures(path: string): string[] {
  if (!path.includes(',')) return [path];
  const named = path.split(',');
  if (named.length <= BATCH_MAX) return named;
  throw new TidemarkError('bad-request', `a batch has at most ${BATCH_MAX} calls, not ${named.length}`, {
    field: 'url',
  });
}

/** The procedures behind a REST address; a batch counts as full, because its parts are not read yet. */
export function restProcedures(method: string, path: string): string[] {
  if (path === '/events/live') return ['live.events'];
  if (path === '/events/export') return ['events.list'];
  if (path === '/batch') return Array.from({ length: BATCH_MAX }, () => 'events.get');
  const match = matchRoute(method, path);
  return 'route' in match ? [match.route.procedure] : [];
}

const goneSignals = new WeakMap<Socket, AbortSignal>();

/**
 * Fires when the peer goes away, which closes its connection. One for all requests of a connection, which come one after
 * the other: a signal for each was 5 of the 60 µs that a small answer takes.
 */
function goneSignal(socket: Socket): AbortSignal {
  const known = goneSignals.get(socket);
  if (known !== undefined) return known;
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  if (socket.destroyed) gone.abort();
  goneSignals.set(socket, gone.signal);
  return gone.signal;
}
