import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { type ErrorCode, isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { type Exchange, exchange } from '#server/outbound/exchange.ts';
import { AddressRefusedError, resolveTarget } from '#server/outbound/target-address.ts';
import type { ServiceRoute } from './service-routes.ts';

export type ServiceRequest = {
  method: 'GET' | 'POST';
  path: string;
  body?: JsonObject;
  headers: Record<string, string>;
};

/** Five failures one after the other open a breaker; after two seconds one request tries whether the service is back. */
const FAILURES = 5;
const HALF_OPEN_MS = 2000;

/** Faults of the service, and not of what was asked. */
const FAULTS: ReadonlySet<ErrorCode> = new Set(['bad-gateway', 'service-timeout']);

/** What a service may answer in our words; anything else of it is a refusal of the request as such. */
const PASSED_ON: ReadonlySet<string> = new Set<ErrorCode>([
  'bad-request',
  'unknown-command-type',
  'stream-not-found',
  'expected-version-conflict',
  'command-id-reused',
  'fold-failed',
]);

export function createServiceBreaker() {
  return circuitBreaker(
    handleWhen((error) => isTidemarkError(error) && FAULTS.has(error.code)),
    { halfOpenAfter: HALF_OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES) },
  );
}

/**
 * Asks a service within its time, a second time where the first never reached it or it said 503: commands carry their id,
 * so they are safe to repeat. Rejects with `bad-gateway` (at once where the breaker is open) or `service-timeout`.
 */
export async function askService(
  breaker: ReturnType<typeof createServiceBreaker>,
  route: ServiceRoute,
  request: ServiceRequest,
  signal: AbortSignal | undefined,
): Promise<{ status: number; body: JsonObject }> {
  try {
    return await breaker.execute(() => ask(route, request, signal));
  } catch (error) {
    if (!(error instanceof BrokenCircuitError)) throw error;
    throw fault('bad-gateway', route, 'it failed several times and is left alone for a moment', HALF_OPEN_MS / 1000);
  }
}

async function ask(route: ServiceRoute, request: ServiceRequest, signal: AbortSignal | undefined) {
  const timeout = AbortSignal.timeout(route.timeoutMs);
  const until = AbortSignal.any([timeout, ...(signal ? [signal] : [])]);
  try {
    const first = await once(route, request, until).catch((error: unknown) => {
      if (isRefusedConnection(error)) return undefined;
      throw error;
    });
    const answer = first === undefined || first.status === 503 ? await once(route, request, until) : first;
    return read(route, answer);
  } catch (error) {
    if (isTidemarkError(error)) throw error;
    if (timeout.aborted) throw fault('service-timeout', route, `it did not answer within ${route.timeoutMs} ms`);
    if (error instanceof AddressRefusedError) throw fault('bad-gateway', route, error.message);
    throw fault('bad-gateway', route, `it can't be reached (${codeOf(error)})`, 1);
  }
}

async function once(route: ServiceRoute, request: ServiceRequest, signal: AbortSignal): Promise<Exchange> {
  const target = await resolveTarget(`${route.url.replace(/\/$/, '')}${request.path}`, route.allow);
  const headers = {
    accept: 'application/json',
    ...(request.body && { 'content-type': 'application/json' }),
    ...request.headers,
  };
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  return exchange(target, { method: request.method, headers, ...body }, signal);
}

function read(route: ServiceRoute, { status, type, text }: Exchange): { status: number; body: JsonObject } {
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) {
    throw fault('bad-gateway', route, `it answered ${status}`, 1);
  }
  const body = /^application\/(problem\+)?json/.test(type) ? parse(text) : undefined;
  if (body === undefined) throw fault('bad-gateway', route, `it answered ${status} with what is no JSON object`);
  if (status < 300 || (status === 422 && typeof body.receipt === 'object')) return { status, body };
  const detail = typeof body.detail === 'string' ? body.detail.slice(0, 500) : `the service answered ${status}`;
  const known = typeof body.code === 'string' && PASSED_ON.has(body.code) ? (body.code as ErrorCode) : undefined;
  if (known === undefined && (status === 401 || status === 403))
    throw fault('bad-gateway', route, 'it does not take our token');
  throw new TidemarkError(known ?? 'bad-request', detail, typeof body.field === 'string' ? { field: body.field } : {});
}

function parse(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function isRefusedConnection(error: unknown): boolean {
  return codeOf(error) === 'ECONNREFUSED';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
}

function fault(
  code: 'bad-gateway' | 'service-timeout',
  { category }: ServiceRoute,
  why: string,
  retryAfterSeconds?: number,
) {
  return new TidemarkError(code, `the service of ${category}: ${why}`, {
    category,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
