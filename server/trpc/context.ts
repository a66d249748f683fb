import type { Caller } from '#server/kernel/caller.ts';
import type { Services } from './services.ts';

/** What every procedure gets: who asks, under which request id, and the services. */
export type Context = {
  services: Services;
  requestId: string;
  caller: Caller;
  /** Asks again who it is, for what goes on long after its beginning. Rejects as `Authenticate` does. */
  callerNow(): Promise<Caller>;
  /** Where the request comes from: the peer's address and what it calls itself. */
  from: { address: string; userAgent: string | undefined };
  /** Fires when the caller goes away. */
  signal: AbortSignal | undefined;
};
