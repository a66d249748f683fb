import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { channels, type Database } from '#db/database.ts';
import { createNotifier } from '#db/notify.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { createLeases, type Leased } from './lease.ts';
import { registerProjections } from './register.ts';
import { type Runner, runVersion } from './runner.ts';
import { dropExpired } from './scratch.ts';
import { startTally } from './tally-events.ts';

/**
 * A worker that was not heard of for so long has lost what it held. Short, because readers wait for it after a crash;
 * longer than any stall of a healthy process. It is renewed four times in its length, and who waits for it looks again
 * at the moment it ends, so that a takeover takes 1.5 to 2 s.
 */
export const LEASE_MS = 2000;

/** Clocks of a timer and of Postgres run apart by some milliseconds at most in a second. */
const PAST_EXPIRY_MS = 10;

export type EngineOptions = {
  database: Database;
  eventStore: EventStore;
  projections: readonly Projection[];
  leaseMs?: number;
};

/**
 * Runs this worker's share of the versions that there are, each at its own pace, until stopped. Workers share fairly:
 * one that comes takes over what the others have too many of, what a dead or frozen one held is taken when its lease
 * ends. The epoch of a lease is checked by every write, so that two workers never both write one version.
 */
export async function startProjectionEngine(options: EngineOptions): Promise<{ stop(): Promise<void> }> {
  const { database, eventStore, projections, leaseMs = LEASE_MS } = options;
  await registerProjections(database, projections);
  const leases = createLeases(database, {
    id: randomUUID(),
    processId: process.pid,
    host: hostname(),
    leaseMs,
    runs: projections.map(({ name, version }) => ({ name, version })),
  });
  const moved = createNotifier(database, channels(database.schema).checkpoints);
  const runners = new Map<string, Runner>();
  const keyOf = ({ name, version, epoch }: Leased) => `${name} ${version} ${epoch}`;
  /** Being given back: not begun anew by a renewal that comes between its end and its release. */
  const leaving = new Set<string>();
  let held = new Map<string, Leased>();
  /** A hint came since the last renewal, since the last look at what there is to take. */
  let woken = false;
  let wanted = false;
  let renewing: Promise<void> | undefined;
  let ticking: Promise<void> | undefined;
  let expiry: NodeJS.Timeout | undefined;
  let stopped = false;

  function start(leased: Leased): void {
    const projection = projections.find((one) => one.name === leased.name && one.version === leased.codeVersion);
    const key = keyOf(leased);
    if (projection === undefined || stopped || runners.has(key) || leaving.has(key)) return;
    const runner = runVersion(leased, { database, eventStore, projection, leases, leaseMs, moved });
    runners.set(key, runner);
    void runner.done.then(() => runners.delete(key));
  }

  async function renew(): Promise<void> {
    const wake = woken;
    woken = false;
    // What is claimed while the answer is under way is not in it.
    const asked = [...runners];
    held = new Map((await leases.renew()).map((leased) => [keyOf(leased), leased]));
    for (const [key, runner] of asked) {
      const leased = held.get(key);
      if (leased === undefined) void runner.stop();
      else runner.tell(leased, wake);
    }
    // Held by this worker's id, but by no runner of it: it ended by itself and is begun anew.
    for (const [key, leased] of held) if (!runners.has(key)) start(leased);
  }

  /** What there is to take and to give back. Not in one with the renewal, which must not wait for any of it. */
  async function tick(): Promise<void> {
    wanted = false;
    for (const leased of await leases.claim()) start(leased);
    const outlook = await leases.outlook();
    for (let surplus = outlook.surplus; surplus > 0; surplus -= 1) await giveBack([...held.values()].at(-surplus));
    lookAtExpiry(outlook.expiresMs);
    await dropExpired(database);
  }

  /** A lease that is not renewed ends between two ticks: it is taken then. */
  function lookAtExpiry(expiresMs: number | null): void {
    clearTimeout(expiry);
    if (expiresMs === null || expiresMs >= leaseMs / 4 || stopped) return;
    expiry = setTimeout(() => void beat(), Math.max(0, expiresMs) + PAST_EXPIRY_MS);
  }

  async function giveBack(leased: Leased | undefined): Promise<void> {
    if (leased === undefined) return;
    const key = keyOf(leased);
    leaving.add(key);
    await runners.get(key)?.stop();
    await leases.release(leased).finally(() => leaving.delete(key));
  }

  function beat(): Promise<void> {
    // What can't be done because the database is away the next one does.
    renewing ??= renew()
      .catch(() => {})
      .finally(() => {
        renewing = undefined;
        if (woken && !stopped) void beat();
      });
    ticking ??= tick()
      .catch(() => {})
      .finally(() => {
        ticking = undefined;
        if (wanted && !stopped) void beat();
      });
    return Promise.all([renewing, ticking]).then(() => {});
  }

  const listener = database.listen(channels(database.schema).control, () => {
    woken = true;
    wanted = true;
    void beat();
  });
  const timer = setInterval(() => void beat(), leaseMs / 4);
  await renew().catch(() => {});
  await beat();
  const tally = startTally(database, eventStore);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(expiry);
      await Promise.all([listener.stop(), tally.stop()]);
      await Promise.all([renewing, ticking]);
      await Promise.all([...runners.values()].map((runner) => runner.stop()));
      await moved.sent();
      await leases.releaseAll().catch(() => {});
      await leases.leave().catch(() => {});
    },
  };
}
