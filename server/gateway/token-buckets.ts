import type { Database } from '#db/database.ts';

/** A bucket of tokens: it refills at `ratePerSecond` and holds at most `burst`. */
export type BucketPolicy = { ratePerSecond: number; burst: number };

/** What became of a try to take tokens. `remaining` is what this process knows of the whole. */
export type Taken = { granted: boolean; remaining: number; retryAfterSeconds: number };

export type TokenBuckets = {
  /** Resolved already where this process has a lease. */
  take(key: string, cost: number, policy: BucketPolicy): Promise<Taken> | Taken;
  /** `memory`: the database is away and this process counts alone. */
  mode(): 'shared' | 'memory';
};

/** Of a burst, what a process takes at once and spends by itself: two processes then differ from one by 4 % at most. */
const LEASE_SHARE = 1 / 50;

/** A limit must not wait for a database that does not answer. */
const DEADLINE_MS = 300;
const MEMORY_MS = 1000;
const KEYS_MAX = 10_000;

type Local = {
  leased: number;
  remaining: number;
  blockedUntilMs: number;
  leasing: Promise<void> | undefined;
  alone: { tokens: number; atMs: number } | undefined;
};

/**
 * Token buckets in Postgres, shared by all processes through leases: a process takes a fiftieth of a burst at once, so
 * that most requests cost no round trip. While the database is away each process counts by itself, with the same limits.
 */
export function createTokenBuckets(database: Database, nowMs: () => number): TokenBuckets {
  const locals = new Map<string, Local>();
  let memoryUntilMs = 0;

  function take(key: string, cost: number, policy: BucketPolicy): Promise<Taken> | Taken {
    const local = localOf(locals, key);
    // A lease that was taken under a wider limit does not outlive it.
    local.leased = Math.min(local.leased, Math.max(cost, policy.burst * LEASE_SHARE));
    return takeKnown(local, cost, policy) ?? takeLeasing(key, local, cost, policy);
  }

  /** Undefined where a lease must be taken first. */
  function takeKnown(local: Local, cost: number, policy: BucketPolicy): Taken | undefined {
    const atMs = nowMs();
    if (atMs < memoryUntilMs) return takeAlone(local, cost, policy, atMs);
    if (local.leased >= cost) {
      local.leased -= cost;
      return { granted: true, remaining: Math.floor(local.leased + local.remaining), retryAfterSeconds: 0 };
    }
    const waitMs = local.blockedUntilMs - atMs;
    return waitMs > 0 ? { granted: false, remaining: 0, retryAfterSeconds: waitMs / 1000 } : undefined;
  }

  async function takeLeasing(key: string, local: Local, cost: number, policy: BucketPolicy): Promise<Taken> {
    for (;;) {
      local.leasing ??= lease(key, local, cost, policy).finally(() => {
        local.leasing = undefined;
      });
      await local.leasing;
      const taken = takeKnown(local, cost, policy);
      if (taken !== undefined) return taken;
    }
  }

  async function lease(key: string, local: Local, cost: number, { ratePerSecond, burst }: BucketPolicy): Promise<void> {
    const least = Math.min(Math.max(0.001, cost - local.leased), burst);
    const wanted = Math.min(burst, Math.max(least, burst * LEASE_SHARE));
    try {
      const [row] = await database.query<{ granted: number; remaining: number; retry_after: number }>(
        'select * from take_tokens($1, $2, $3, $4, $5)',
        [key, wanted, least, ratePerSecond, burst],
        { deadlineMs: DEADLINE_MS },
      );
      if (row === undefined) throw new Error('take_tokens gave no row');
      local.alone = undefined;
      local.leased += row.granted;
      local.remaining = row.remaining;
      // What costs more than a whole burst can never be had; it is refused as long as one refill takes.
      const never = cost > burst && row.granted > 0;
      if (row.granted === 0 || never) {
        local.blockedUntilMs = nowMs() + Math.max(1, (never ? burst / ratePerSecond : row.retry_after) * 1000);
      }
    } catch {
      memoryUntilMs = nowMs() + MEMORY_MS;
    }
  }

  return { take, mode: () => (nowMs() < memoryUntilMs ? 'memory' : 'shared') };
}

function takeAlone(local: Local, cost: number, { ratePerSecond, burst }: BucketPolicy, atMs: number): Taken {
  local.alone ??= { tokens: burst, atMs };
  const { alone } = local;
  alone.tokens = Math.min(burst, alone.tokens + ((atMs - alone.atMs) / 1000) * ratePerSecond);
  alone.atMs = atMs;
  if (alone.tokens < cost) {
    return { granted: false, remaining: 0, retryAfterSeconds: (cost - alone.tokens) / ratePerSecond };
  }
  alone.tokens -= cost;
  return { granted: true, remaining: Math.floor(alone.tokens), retryAfterSeconds: 0 };
}

/** The oldest key goes where there are too many: whoever comes from many addresses can't fill the memory. */
function localOf(locals: Map<string, Local>, key: string): Local {
  const found = locals.get(key);
  if (found !== undefined) return found;
  if (locals.size >= KEYS_MAX) locals.delete(locals.keys().next().value ?? '');
  const made: Local = { leased: 0, remaining: 0, blockedUntilMs: 0, leasing: undefined, alone: undefined };
  locals.set(key, made);
  return made;
}
