import type { Caller } from '#server/kernel/caller.ts';
import type { VisibleServices } from './visible-services.ts';

/** What every procedure gets: who asks, under which request id, and the services as `visibleServices` shows them to it. */
export type Context = {
  services: VisibleServices;
  requestId: string;
  caller: Caller;
  /** Asks again who it is, for what goes on long after its beginning. Rejects as `Authenticate` does. */
  callerNow(): Promise<Caller>;
  /** Where the request comes from: the peer's address and what it calls itself. */
  from: { address: string; userAgent: string | undefined };
  /** Fires when the caller goes away. */
  signal: AbortSignal | undefined;
};
