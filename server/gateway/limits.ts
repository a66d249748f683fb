import type { Caller } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { BucketPolicy, Taken, TokenBuckets } from './token-buckets.ts';

/** Whose tokens are taken; `failure` is an address from which nobody could be authenticated. */
export const LIMIT_KINDS = ['operator', 'api-key', 'service', 'address', 'failure'] as const;

export type LimitKind = (typeof LIMIT_KINDS)[number];

export type Limits = Readonly<Record<LimitKind, BucketPolicy>>;

/**
 * In units of cost: a query is 1, a mutation 2, a subscription 5. A person at the console needs some 20 a second; a
 * program that appends as fast as it can is not slowed below 5,000 a second.
 */
export const DEFAULT_LIMITS: Limits = {
  operator: { ratePerSecond: 200, burst: 2000 },
  'api-key': { ratePerSecond: 10_000, burst: 100_000 },
  service: { ratePerSecond: 10_000, burst: 100_000 },
  address: { ratePerSecond: 10_000, burst: 100_000 },
  failure: { ratePerSecond: 2, burst: 40 },
};

/**
 * Takes the cost of a request from its caller and its address; resolves with the headers of
 * draft-ietf-httpapi-ratelimit-headers-10, names and values in turn. Throws `rate-limited` with `retryAfterSeconds`.
 */
export async function chargeCaller(
  buckets: TokenBuckets,
  limits: Limits,
  { caller, address, cost }: { caller: Caller; address: string; cost: number },
): Promise<readonly string[]> {
  // Both are asked before either is waited for.
  const taking = buckets.take(`${caller.kind}:${caller.id}`, cost, limits[caller.kind]);
  const sharing = buckets.take(`address:${address}`, cost, limits.address);
  const own = taking instanceof Promise ? await taking : taking;
  const shared = sharing instanceof Promise ? await sharing : sharing;
  return own.granted && !shared.granted
    ? settle('address', limits.address, shared)
    : settle(caller.kind, limits[caller.kind], own);
}

/** Counts a failed authentication against its address. Throws `rate-limited` where there were too many. */
export async function chargeFailure(buckets: TokenBuckets, limits: Limits, address: string): Promise<void> {
  settle('failure', limits.failure, await buckets.take(`failure:${address}`, 1, limits.failure));
}

function settle(kind: LimitKind, { burst, ratePerSecond }: BucketPolicy, taken: Taken): readonly string[] {
  const { granted, remaining, retryAfterSeconds } = taken;
  const window = Math.max(1, Math.round(burst / ratePerSecond));
  const wait = Math.max(1, Math.ceil(retryAfterSeconds));
  const policy = `"${kind}";q=${burst};w=${window}`;
  const limit = `"${kind}";r=${remaining};t=${granted ? 1 : wait}`;
  if (granted) return ['RateLimit-Policy', policy, 'RateLimit', limit];
  throw new TidemarkError('rate-limited', `the limit of this ${wordFor(kind)} is reached; come back in ${wait} s`, {
    retryAfterSeconds: wait,
    limit: kind,
    headers: { 'RateLimit-Policy': policy, RateLimit: limit },
  });
}

function wordFor(kind: LimitKind): string {
  return kind === 'api-key' ? 'API key' : kind === 'failure' ? 'address, from which sign-in failed,' : kind;
}
