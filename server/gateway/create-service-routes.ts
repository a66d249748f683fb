import { randomUUID } from 'node:crypto';
import { CircuitState } from 'cockatiel';
import type { Database } from '#db/database.ts';
import type { Receipt } from '#server/command-bus/receipt.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { AddressRefusedError, resolveTarget } from '#server/outbound/target-address.ts';
import { askService, createServiceBreaker, type ServiceRequest } from './ask-service.ts';
import { identityToken, routeKey } from './identity-token.ts';
import type { RoutedCall, ServiceRoute, ServiceRouteStatus, ServiceRoutes } from './service-routes.ts';
import { createSetting } from './settings.ts';

type Watched = {
  breaker: ReturnType<typeof createServiceBreaker>;
  requests: number;
  failures: number;
  lastFailure: ServiceRouteStatus['lastFailure'];
};

const BREAKER_WORD: Record<CircuitState, ServiceRouteStatus['breaker']> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};

/** Routes of a store, the same to all processes within a second; breakers are each process's own. */
export function createServiceRoutes(
  database: Database,
  { secret, nowMs = Date.now }: { secret: string; nowMs?: () => number },
): ServiceRoutes {
  const setting = createSetting<{ routes: ServiceRoute[] }>(database, {
    name: 'routes',
    initial: { routes: [] },
    nowMs,
  });
  const watched = new Map<string, Watched>();

  function watch({ category, url }: ServiceRoute): Watched {
    const key = `${category} ${url}`;
    const found = watched.get(key);
    if (found !== undefined) return found;
    const made: Watched = { breaker: createServiceBreaker(), requests: 0, failures: 0, lastFailure: null };
    watched.set(key, made);
    return made;
  }

  async function ask(
    route: ServiceRoute,
    request: Omit<ServiceRequest, 'headers'>,
    { caller, requestId, signal }: RoutedCall,
  ) {
    const one = watch(route);
    const token = identityToken(routeKey(secret, route.category), { caller, audience: route.category, nowMs: nowMs() });
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': requestId };
    one.requests += 1;
    try {
      return await askService(one.breaker, route, { ...request, headers }, signal);
    } catch (error) {
      if (error instanceof TidemarkError && (error.code === 'bad-gateway' || error.code === 'service-timeout')) {
        one.failures += 1;
        one.lastFailure = { at: new Date(nowMs()).toISOString(), message: error.message };
      }
      throw error;
    }
  }

  const routeOf = async (category: string) => (await setting.get()).routes.find((route) => route.category === category);

  return {
    async command(category, { commandType, commandId, ...rest }, call) {
      const route = await routeOf(category);
      if (route === undefined) return undefined;
      const body = { ...rest, commandId: commandId ?? randomUUID() } as JsonObject;
      const path = `/commands/${encodeURIComponent(commandType)}`;
      const answer = await ask(route, { method: 'POST', path, body }, call);
      return (answer.status === 422 ? answer.body.receipt : answer.body) as unknown as Receipt;
    },
    async query(category, path, call) {
      const route = await routeOf(category);
      return route && (await ask(route, { method: 'GET', path }, call)).body;
    },
    async status() {
      const { routes } = await setting.get();
      return routes.map((route) => {
        const { breaker, requests, failures, lastFailure } = watch(route);
        return { ...route, breaker: BREAKER_WORD[breaker.state], requests, failures, lastFailure };
      });
    },
    async set(route) {
      await checkAddress(route);
      const { routes } = await setting.get();
      await setting.set({ routes: [...routes.filter(({ category }) => category !== route.category), route] });
      return { route, key: routeKey(secret, route.category).toString('base64url') };
    },
    async remove(category) {
      const { routes } = await setting.get();
      const left = routes.filter((route) => route.category !== category);
      await setting.set({ routes: left });
      return { removed: left.length < routes.length };
    },
  };
}

/** Said when it is set, and checked again at every request, because a name can come to mean another address. */
async function checkAddress({ url, allow }: ServiceRoute): Promise<void> {
  await resolveTarget(url, allow).catch((error: unknown) => {
    const why = error instanceof AddressRefusedError ? error.message : 'its name can not be resolved';
    throw new TidemarkError('bad-request', `url: ${why}`, { field: 'url' });
  });
}
