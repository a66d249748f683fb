import type { Database } from '#db/database.ts';
import type { Caller } from '#server/kernel/caller.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { Gateway } from './gateway.ts';
import { chargeCaller, chargeFailure } from './limits.ts';
import { createLimitSettings } from './settings.ts';
import { createTokenBuckets } from './token-buckets.ts';
import { createTrafficCounter } from './traffic.ts';

/** Puts the gateway of one process together. `nowMs` counts milliseconds since 1970. */
export function createGateway(database: Database, nowMs: () => number = Date.now): Gateway {
  const buckets = createTokenBuckets(database, nowMs);
  const settings = createLimitSettings(database, nowMs);
  const traffic = createTrafficCounter(nowMs);
  const startedAt = new Date(nowMs()).toISOString();

  return {
    async admit({ headers, address, cost }, authenticate) {
      let caller: Caller;
      try {
        caller = await authenticate(headers, address);
      } catch (error) {
        if (isTidemarkError(error, 'unauthenticated')) await chargeFailure(buckets, await settings.get(), address);
        throw error;
      }
      traffic.request(caller.name, caller.kind, cost);
      const limits = settings.known() ?? (await settings.get());
      return { caller, headers: await chargeCaller(buckets, limits, { caller, address, cost }) };
    },
    refused: traffic.refusal,
    async status() {
      const limits = await settings.get();
      return { limits, counting: buckets.mode(), traffic: traffic.read(), process: { id: process.pid, startedAt } };
    },
    setLimits: settings.set,
  };
}
