import type { Services } from './services.ts';

/** What every procedure gets: who asks, under which request id, and the services. */
export type Context = {
  services: Services;
  requestId: string;
  actor: string;
  /** Fires when the caller goes away. */
  signal: AbortSignal | undefined;
};
