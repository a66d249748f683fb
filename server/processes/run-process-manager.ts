import { randomUUID } from 'node:crypto';
import type { DecidedEvent } from '#server/kernel/decider.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { pause } from '#server/kernel/pause.ts';
import type { ProcessManager } from '#server/kernel/process.ts';
import { handlePage, handleTimer, type ProcessParts, RETRY_SECONDS } from './handle-page.ts';
import {
  type Lease,
  LeaseLostError,
  moveCheckpoint,
  recordManagerFault,
  releaseLease,
  renewLease,
  takeLease,
} from './lease.ts';
import { dueTimers, endTimer, postponeTimer } from './timers.ts';

/**
 * States of a runner:
 * - `waiting`: another worker has the lease;
 * - `running`: pages and timers are handled;
 * - `faulted`: what failed is tried again with growing delay;
 * - `stopped`.
 */
export type ProcessRunnerState = 'waiting' | 'running' | 'faulted' | 'stopped';

const ASK_MS = 500;
const RENEW_MS = 600;
const TIMERS_MS = 250;
const RETRY_MS_MAX = 10_000;

/** Commands go out within a page, so a page is short: a killed worker repeats little. */
const PAGE_EVENTS = 100;

/**
 * Runs a process manager wherever it gets the lease, until stopped. Commands have ids of the process and the step
 * alone, so that a takeover in the middle of a page repeats them without effect.
 */
export function startProcessManager<State extends JsonObject, Event extends DecidedEvent>(
  given: ProcessManager<State, Event>,
  options: Omit<ProcessParts, 'signal'>,
): { state(): ProcessRunnerState; stop(): Promise<void> } {
  const manager = given as unknown as ProcessManager<JsonObject, DecidedEvent>;
  const { database } = options;
  const stopping = new AbortController();
  const owner = randomUUID();
  let state: ProcessRunnerState = 'waiting';

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const lease = await takeLease(database, manager.name, owner);
        if (lease !== undefined) {
          state = 'running';
          await runLeased(lease);
        }
        failures = 0;
        state = 'waiting';
        await pause(ASK_MS, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) break;
        failures += 1;
        state = 'faulted';
        const message = error instanceof Error ? error.message : String(error);
        await recordManagerFault(database, manager.name, message).catch(() => {});
        await pause(Math.min(RETRY_MS_MAX, 250 * 2 ** failures), stopping.signal);
      }
    }
    state = 'stopped';
  }

  /** Until the lease is lost, something fails, or the end. */
  async function runLeased(lease: Lease): Promise<void> {
    const ended = new AbortController();
    const signal = AbortSignal.any([stopping.signal, ended.signal]);
    const parts = { ...options, signal };
    const { eventStore } = options;
    const subscription = eventStore.subscribe({
      after: lease.checkpoint,
      limit: PAGE_EVENTS,
      categories: [manager.decider.category, ...manager.reactsTo],
      signal,
      async onEvents(events, upTo) {
        if (events.length > 0) await handlePage(manager, events, parts);
        await moveCheckpoint(database, manager.name, lease, upTo);
      },
    });
    const renewed = every(RENEW_MS, signal, () => renewLease(database, manager.name, lease));
    const timed = every(TIMERS_MS, signal, () => handleTimers(parts));
    const all = [subscription.done, renewed, timed];
    try {
      await Promise.race(all);
    } catch (error) {
      if (!(error instanceof LeaseLostError) && !stopping.signal.aborted) throw error;
    } finally {
      ended.abort();
      await Promise.allSettled(all);
      await releaseLease(database, manager.name, lease).catch(() => {});
    }
  }

  async function handleTimers(parts: ProcessParts): Promise<void> {
    for (const timer of await dueTimers(database, manager.name)) {
      if (await handleTimer(manager, timer, parts)) await endTimer(database, timer);
      else await postponeTimer(database, timer, RETRY_SECONDS);
    }
  }

  const running = run();
  return {
    state: () => state,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await pause(ms, signal);
  }
}
