import type { Authenticate, Caller, RequestHeaders } from '#server/kernel/caller.ts';
import type { Limits } from './limits.ts';
import type { Traffic } from './traffic.ts';

/** What the gateway's page shows of this process. */
export type GatewayStatus = {
  limits: Limits;
  /** `memory`: the database is away, and each process counts alone. */
  counting: 'shared' | 'memory';
  traffic: Traffic;
  process: { id: number; startedAt: string };
};

/** Who came in, and what its answer says of its limit: names of headers and their values in turn. */
export type Admitted = { caller: Caller; headers: readonly string[] };

/** The door that every request of the API passes, whichever face it asks. */
export type Gateway = {
  /** Authenticates, then takes `cost` from the caller's limit. Rejects with `unauthenticated` or `rate-limited`. */
  admit(
    request: { headers: RequestHeaders; address: string; cost: number },
    authenticate: Authenticate,
  ): Promise<Admitted>;
  /** Counts an answer that is an error. */
  refused(code: string): void;
  status(): Promise<GatewayStatus>;
  setLimits(limits: Limits): Promise<Limits>;
};
