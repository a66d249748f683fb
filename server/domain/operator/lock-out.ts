/** How tries are slowed. A delay ends by itself, always: nobody can lock another out for good. */
export type LockOutPolicy = {
  /** Tries without any delay. */
  free: number;
  delayMsMax: number;
};

/** Tries for one account: a sign-in takes two of them, a password and a code. */
export const BY_ACCOUNT: LockOutPolicy = { free: 5, delayMsMax: 5 * 60_000 };

/** Tries from one address, whatever the account: an office behind one address signs in through it. */
export const BY_ADDRESS: LockOutPolicy = { free: 30, delayMsMax: 15 * 60_000 };

/** A quiet time after which tries are forgotten. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/** The tries that count against an account or an address. Times are ISO 8601. */
export type Tries = { attempts: number; lastAt?: string; delayedUntil?: string };

/** Milliseconds until another try is taken; 0 where one is taken now. */
export function waitMs(tries: Tries, now: string): number {
  return tries.delayedUntil === undefined ? 0 : Math.max(0, Date.parse(tries.delayedUntil) - Date.parse(now));
}

/**
 * Counts a try before it is known whether it is right, so that parallel tries can't pass the limit together. From the
 * `free`th on each is followed by a delay twice as long as the one before, up to the bound.
 */
export function countTry(
  tries: Tries,
  policy: LockOutPolicy,
  { now, firstDelayMs }: { now: string; firstDelayMs: number },
): { attempts: number; delay?: { ms: number; until: string } } {
  const quietMs = tries.lastAt === undefined ? 0 : Date.parse(now) - Date.parse(tries.lastAt);
  const attempts = quietMs > FORGOTTEN_AFTER_MS ? 1 : tries.attempts + 1;
  if (attempts < policy.free) return { attempts };
  const ms = Math.min(policy.delayMsMax, firstDelayMs * 2 ** Math.min(30, attempts - policy.free));
  return { attempts, delay: { ms, until: new Date(Date.parse(now) + ms).toISOString() } };
}
