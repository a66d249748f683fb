import type { Database } from '#db/database.ts';
import type { Notifier } from '#db/notify.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { pause } from '#server/kernel/pause.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { applyBatch, type BatchParts, type BatchResult } from './apply-batch.ts';
import { buildIndexes } from './build-indexes.ts';
import { SteppedBackError } from './checkpoint.ts';
import { isNotTheEvents } from './failure.ts';
import { recordFault } from './fault.ts';
import { createFeed, type Feed } from './feed.ts';
import type { Leased, Leases } from './lease.ts';
import { hasParked } from './parked.ts';
import { startRetries } from './retry-due.ts';
import { boundScratch } from './scratch.ts';
import { createThrottle } from './throttle.ts';

/**
 * Steps of a runner (what an operator sees of a version is told in `version-run.ts`):
 * - `following`: batches are applied as they come, small ones at the head, up to 10,000 events behind it;
 * - `resting`: paused, or at its end;
 * - `faulted`: an event fails and holds the rest, or the database does; tried again with growing delay;
 * - `ended`: the lease is lost, the version is gone, or the worker stops.
 */
export type RunnerStep = 'following' | 'resting' | 'faulted' | 'ended';

export type Runner = {
  /** What the renewed lease says; wakes it where `woken`, because an act may have changed something. */
  tell(leased: Leased, woken: boolean): void;
  stop(): Promise<void>;
  step(): RunnerStep;
  done: Promise<void>;
};

export type RunnerParts = {
  database: Database;
  eventStore: EventStore;
  projection: Projection;
  leases: Leases;
  leaseMs: number;
  moved: Notifier;
};

const BATCH_EVENTS_MAX = 10_000;
const IDLE_MS = 250;

/** Between two looks whether anything is still set aside. */
const LOOK_MS = 1000;

const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 30_000;

/** From this near to the mark on a version that is built gets its indexes. */
const NEAR_POSITIONS = 5_000;

/** Runs one version until its lease is lost or it is stopped. `done` never rejects. */
export function runVersion(first: Leased, parts: RunnerParts): Runner {
  const { database, eventStore, projection, leases, leaseMs, moved } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const throttle = createThrottle();
  let step: RunnerStep = 'following';
  let leased = first;
  let checkpoint = first.checkpoint;
  let feed: Feed | undefined;
  let minded = true;
  let lookedAt = 0;
  let failures = 0;
  let waking = new AbortController();

  const rest = (ms: number) => pause(ms, AbortSignal.any([signal, waking.signal]));
  const batchParts = (): BatchParts => ({
    database,
    projection,
    moved,
    held: leased,
    policy: projection.onFailure ?? 'stop',
    effects: leased.state === 'serving',
    idleMsMax: leaseMs,
  });

  async function beginAt(position: Position): Promise<void> {
    await feed?.stop();
    feed = undefined;
    checkpoint = position;
  }

  /** How far it may go: to its end, and where it has effects not past the serving version, which has had them. */
  async function limit(): Promise<Position | null> {
    if (!projection.effects || leased.state === 'serving') return leased.stopAt;
    const statement = 'select checkpoint from checkpoints where name = $1';
    const [serving] = await database.query<{ checkpoint: Position }>(statement, [leased.name]);
    return serving?.checkpoint ?? leased.stopAt;
  }

  /** From now on pages mind what is set aside. */
  function mind(): void {
    minded = true;
    lookedAt = performance.now();
  }

  async function look(): Promise<void> {
    const last = lookedAt;
    if (!minded || performance.now() - last < LOOK_MS) return;
    const found = await hasParked(database.query, leased);
    // An act that came meanwhile is newer than the answer.
    if (lookedAt !== last) return;
    minded = found;
    lookedAt = performance.now();
  }

  async function follow(): Promise<void> {
    const ended = leased.stopAt !== null && comparePositions(checkpoint, leased.stopAt) >= 0;
    step = leased.paused || ended ? 'resting' : 'following';
    if (ended && !leased.indexed) await buildIndexes(parts, leased);
    if (step === 'resting') return rest(IDLE_MS);
    if (leased.checkpoint !== leased.accountedTo) throw movedByHand(leased);
    await look();
    feed ??= createFeed(eventStore, { after: checkpoint, categories: projection.categories, signal });
    const batch = await feed.take({
      eventsMax: failures > 0 ? 1 : Math.min(BATCH_EVENTS_MAX, throttle.batchMax(leased.eventsPerSecondMax)),
      limit: await limit(),
      waitMs: IDLE_MS,
    });
    if (batch === undefined) return;
    const { occurredUntil } = leased;
    const events =
      occurredUntil === null ? batch.events : batch.events.filter((one) => one.occurredAt <= occurredUntil);
    const request = { from: checkpoint, to: batch.upTo, events, minded, retry: false };
    const result = await applyBatch(batchParts(), request);
    if (result.aside.length > 0) mind();
    if (result.reached === batch.upTo) {
      checkpoint = batch.upTo;
      failures = 0;
    } else await holdBefore(result);
    await afterBatch(batch.events.length);
  }

  async function afterBatch(events: number): Promise<void> {
    if (leased.state === 'scratch') await boundScratch(database, leased, projection);
    if (!leased.indexed && leased.stopAt === null) {
      const { position } = await eventStore.highWaterMark();
      if (positionsBetween(checkpoint, position) < NEAR_POSITIONS) await buildIndexes(parts, leased);
    }
    await rest(throttle.delayMs(events, leased.eventsPerSecondMax));
  }

  /** The event at fault is the next one: it is tried alone, until it passes or is skipped. */
  async function holdBefore({ reached, aside }: BatchResult): Promise<void> {
    await beginAt(reached);
    const [failed] = aside;
    if (failed === undefined) return;
    step = 'faulted';
    await recordFault(database, leased, {
      message: failed.failure?.message ?? '',
      position: failed.event.globalPosition,
    });
    failures += 1;
    await rest(delayOf(failures));
  }

  /** Whether it goes on after an error. */
  async function recover(error: unknown): Promise<boolean> {
    const why = error instanceof SteppedBackError ? error.why : isNotTheEvents(error) ? 'database' : 'failed';
    if (why === 'lease_lost' || why === 'gone') {
      await leases.refused(leased).catch(() => {});
      return false;
    }
    step = why === 'paused' ? 'resting' : 'faulted';
    if (why !== 'paused') failures += 1;
    if (why === 'failed' || why === 'moved_by_hand') {
      const message = error instanceof Error ? error.message : String(error);
      await recordFault(database, leased, { message, position: checkpoint }).catch(() => {});
    }
    await rest(why === 'paused' ? IDLE_MS : delayOf(failures));
    // A commit may have gone through although its answer did not come.
    const fresh = await leases.read(leased).catch(() => undefined);
    if (fresh === undefined) return true;
    if (fresh?.epoch !== leased.epoch) {
      if (fresh !== null) await leases.refused(leased).catch(() => {});
      return false;
    }
    leased = fresh;
    await beginAt(fresh.checkpoint);
    return true;
  }

  async function run(): Promise<void> {
    let going = true;
    while (going && !signal.aborted) {
      waking = new AbortController();
      try {
        await follow();
      } catch (error) {
        going = !signal.aborted && (await recover(error));
      }
    }
    step = 'ended';
    await retries?.stop();
    await feed?.stop();
  }

  const retries =
    projection.onFailure === 'park'
      ? startRetries(eventStore, () => (minded && !leased.paused && step !== 'ended' ? batchParts() : null))
      : undefined;
  const done = run();
  return {
    tell(fresh, woken) {
      const changed = fresh.paused !== leased.paused || fresh.eventsPerSecondMax !== leased.eventsPerSecondMax;
      leased = fresh;
      if (woken || changed) waking.abort();
      if (woken) mind();
      if (woken) retries?.wake();
    },
    async stop() {
      stopping.abort();
      await done;
    },
    step: () => step,
    done,
  };
}

function delayOf(failures: number): number {
  return Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures - 1, 8));
}

function movedByHand({ accountedTo, checkpoint }: Leased): SteppedBackError {
  return new SteppedBackError(
    'moved_by_hand',
    `the checkpoint was moved by hand from ${accountedTo} to ${checkpoint}; rewind it to go on`,
  );
}
