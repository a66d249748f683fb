import type { Receipt } from '#server/command-bus/receipt.ts';
import type { Caller } from '#server/kernel/caller.ts';
import type { JsonObject } from '#server/kernel/json.ts';

/** Where the commands and states of a category are served, when not here. */
export type ServiceRoute = {
  category: string;
  /** Before `/commands/…` and `/streams/…`. */
  url: string;
  /** For all tries together. */
  timeoutMs: number;
  /** Hosts, or `host:port`, that may be internal addresses. */
  allow: string[];
};

/** A route and how it fares at this process. */
export type ServiceRouteStatus = ServiceRoute & {
  breaker: 'closed' | 'open' | 'half_open';
  requests: number;
  failures: number;
  lastFailure: { at: string; message: string } | null;
};

export type RoutedCall = { caller: Caller; requestId: string; signal: AbortSignal | undefined };

/** Asks the service that a category is routed to. Undefined where it is served here. */
export type ServiceRoutes = {
  command(
    category: string,
    request: { commandType: string; commandId?: string | undefined } & JsonObject,
    call: RoutedCall,
  ): Promise<Receipt | undefined>;
  query(category: string, path: string, call: RoutedCall): Promise<JsonObject | undefined>;
  status(): Promise<ServiceRouteStatus[]>;
  /** Adds or changes a route; resolves with the key by which its service checks our tokens. */
  set(route: ServiceRoute): Promise<{ route: ServiceRoute; key: string }>;
  remove(category: string): Promise<{ removed: boolean }>;
};
