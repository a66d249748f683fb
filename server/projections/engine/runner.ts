import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { applyPage, type Page } from './apply-page.ts';
import { CheckpointMovedError, readCheckpoint, recordFault } from './checkpoint.ts';

/**
 * States of a runner:
 * - `following`: pages are applied as they come;
 * - `halving`: a page failed, its halves are applied to find the event at fault;
 * - `faulted`: one event fails; it is tried again with growing delay, and nothing after it is applied;
 * - `stopped`.
 */
export type RunnerState = 'following' | 'halving' | 'faulted' | 'stopped';

export type RunnerParts = {
  database: Database;
  eventStore: EventStore;
  signal: AbortSignal;
  onState?: (state: RunnerState) => void;
};

const PAGE_EVENTS = 500;
const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 30_000;

/** Follows the global order for one projection until the signal fires. Never rejects: what fails is tried again. */
export async function runProjection(projection: Projection, parts: RunnerParts): Promise<void> {
  const { eventStore, database, signal, onState = () => {} } = parts;
  let failures = 0;
  while (!signal.aborted) {
    try {
      let checkpoint = await readCheckpoint(database, projection.name);
      const { categories } = projection;
      const subscription = eventStore.subscribe({
        after: checkpoint,
        limit: PAGE_EVENTS,
        ...(categories && { categories }),
        signal,
        async onEvents(events, upTo) {
          await applyOrFault(projection, { from: checkpoint, to: upTo, events }, parts);
          checkpoint = upTo;
          failures = 0;
        },
      });
      onState('following');
      await subscription.done;
    } catch (error) {
      // The checkpoint moved under another engine, or the database is away: begin again from where it is. Only the
      // second asks for patience: an engine that waits long after a lost race takes over late when the other dies.
      failures = error instanceof CheckpointMovedError ? 1 : failures + 1;
      await pause(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures - 1, 8)), signal);
    }
  }
  onState('stopped');
}

/** Applies a page; where that fails its halves, down to the one event at fault, which is tried until it passes. */
async function applyOrFault(projection: Projection, page: Page, parts: RunnerParts): Promise<void> {
  const { database, signal, onState = () => {} } = parts;
  try {
    await applyPage(database, projection, page);
    return;
  } catch (error) {
    if (signal.aborted || isNotTheEvents(error)) throw error;
    const [first] = page.events;
    if (first === undefined) throw error;
    if (page.events.length === 1) {
      onState('faulted');
      await retryFaulted(projection, { page, event: first, error }, parts);
      return;
    }
  }
  onState('halving');
  const middle = Math.ceil(page.events.length / 2);
  const firstHalf = page.events.slice(0, middle);
  const between = firstHalf.at(-1)?.globalPosition ?? page.to;
  await applyOrFault(projection, { from: page.from, to: between, events: firstHalf }, parts);
  await applyOrFault(projection, { from: between, to: page.to, events: page.events.slice(middle) }, parts);
  onState('following');
}

type Failed = { page: Page; event: RecordedEvent; error: unknown };

async function retryFaulted(projection: Projection, { page, event, error }: Failed, parts: RunnerParts): Promise<void> {
  const { database, signal } = parts;
  const since = new Date().toISOString();
  let message = messageOf(error);
  for (let attempts = 1; !signal.aborted; attempts += 1) {
    await recordFault(database, projection.name, { message, position: event.globalPosition, since, attempts });
    await pause(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(attempts, 8)), signal);
    if (signal.aborted) break;
    try {
      await applyPage(database, projection, page);
      return;
    } catch (again) {
      if (isNotTheEvents(again)) throw again;
      message = messageOf(again);
    }
  }
  throw error;
}

/** Failures that say nothing about the events of the page. */
function isNotTheEvents(error: unknown): boolean {
  return (
    error instanceof CheckpointMovedError ||
    isTidemarkError(error, 'database-unavailable') ||
    isTidemarkError(error, 'deadline-exceeded') ||
    isTidemarkError(error, 'overloaded') ||
    isTidemarkError(error, 'shutting-down')
  );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
