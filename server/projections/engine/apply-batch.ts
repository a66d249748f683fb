import type { Database, Query } from '#db/database.ts';
import type { Notifier } from '#db/notify.ts';
import { checkReadable, type RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { FailurePolicy } from '#server/kernel/projection.ts';
import {
  forEachEvent,
  type Projection,
  positionOfFailure,
  readableToProjections,
  type Write,
} from '#server/projections/define-projection.ts';
import { countRetried, type Held, moveCheckpoint } from './checkpoint.ts';
import { failureOf, isNotTheEvents } from './failure.ts';
import { type SetAside, setAside, standingOf, takeOut } from './parked.ts';
import { searchPathOf } from './version-schema.ts';

/** A batch of 10,000 events with documents of some kilobytes takes some seconds; past this something hangs. */
const DEADLINE_MS = 60_000;

export type BatchParts = {
  database: Database;
  projection: Projection;
  /** Told after each commit of a projection that receipts wait for: who waits looks again. */
  moved: Notifier;
  held: Held;
  policy: FailurePolicy;
  effects: boolean;
  /** Postgres ends a transaction whose client is silent for so long: a frozen worker's locks go with its lease. */
  idleMsMax: number;
};

export type BatchRequest = {
  from: Position;
  to: Position;
  events: readonly RecordedEvent[];
  /** Whether something may be set aside already. */
  minded: boolean;
  /** Events that were set aside and are tried again: the checkpoint does not move. */
  retry: boolean;
};

/** `reached` is where the checkpoint now is. */
export type BatchResult = { reached: Position; handled: number; aside: SetAside[] };

/**
 * Applies events and moves the checkpoint in one transaction. An event that the projection names before anything was
 * written is left out at once; where it fails otherwise all is done again in a transaction that finds the events at
 * fault by halves, behind savepoints. `park` sets those and what waits behind them aside in the same transaction, `stop`
 * handles what is before the first and stays there.
 */
export async function applyBatch(parts: BatchParts, request: BatchRequest): Promise<BatchResult> {
  const result = await attemptBatch(parts, request);
  if (parts.projection.acknowledges) parts.moved.notify();
  return result;
}

async function attemptBatch(parts: BatchParts, request: BatchRequest): Promise<BatchResult> {
  try {
    return await inTransaction(parts, request, { guarded: false });
  } catch (error) {
    if (isNotTheEvents(error) || request.events.length === 0) throw error;
    return inTransaction(parts, request, { guarded: true });
  }
}

type Attempt = { handled: RecordedEvent[]; aside: SetAside[] };

/** `guarded`: a savepoint stands before the first write of a part, so that others go on where it fails. */
type Manner = { guarded: boolean };

const BEGIN = `select set_config('search_path', $1, true), set_config('idle_in_transaction_session_timeout', $2, true),
  set_config('lock_timeout', $3, true)`;

/** A retry gives way: where it and a batch wait for each other's rows, the batch goes on. 0 is for ever. */
const RETRY_LOCK_MS_MAX = 200;

async function inTransaction(parts: BatchParts, request: BatchRequest, manner: Manner): Promise<BatchResult> {
  const { database, held, idleMsMax } = parts;
  const path = searchPathOf(database.schema, held.name, held.version);
  const lockMs = request.retry ? RETRY_LOCK_MS_MAX : 0;
  return database.transaction(
    async (query) => {
      // Answered before all that is asked after it, so nothing waits for it.
      const settled = query(BEGIN, [path, String(idleMsMax), String(lockMs)]);
      settled.catch(() => {});
      try {
        return await writeBatch(query, parts, request, manner);
      } catch (error) {
        // Where the settings failed, all else did because of that.
        await settled;
        throw error;
      }
    },
    { deadlineMs: DEADLINE_MS },
  );
}

async function writeBatch(
  query: Query,
  parts: BatchParts,
  request: BatchRequest,
  manner: Manner,
): Promise<BatchResult> {
  const { held, policy } = parts;
  const startedAt = performance.now();
  const { run, waiting } = request.minded ? await divide(query, parts, request) : { run: request.events, waiting: [] };
  const { handled, aside } = await applyAround(query, parts, run, manner);
  const all = [...waiting, ...aside];
  if (request.minded && handled.length > 0 && (request.retry || policy === 'stop')) await takeOut(query, held, handled);
  await setAside(query, held, policy === 'stop' ? aside.slice(0, 1) : all);
  const reached = policy === 'stop' && aside.length > 0 ? lastBefore(request, aside[0] as SetAside) : request.to;
  if (request.retry) await countRetried(query, held, handled);
  else {
    const tookMs = performance.now() - startedAt;
    await moveCheckpoint(query, held, { from: request.from, to: reached, handled, tookMs });
  }
  return { reached, handled: handled.length, aside: all };
}

/** Leaves out what was skipped; under `park` also what waits behind an event of its stream. */
async function divide(query: Query, { held, policy }: BatchParts, { events, retry }: BatchRequest) {
  const { blocked, skipped } = await standingOf(query, held, events);
  const left = skipped.size === 0 ? events : events.filter((event) => !skipped.has(event.globalPosition));
  if (policy === 'stop' || retry || blocked.size === 0) return { run: left, waiting: [] };
  const waiting = left.filter((event) => blocked.has(event.streamId));
  return {
    run: left.filter((event) => !blocked.has(event.streamId)),
    waiting: waiting.map((event): SetAside => ({ event, failure: undefined })),
  };
}

/** The position before the first event that failed: the last that the checkpoint may reach. */
function lastBefore({ from, events, retry }: BatchRequest, { event }: SetAside): Position {
  if (retry) return from;
  const index = events.findIndex((one) => one.globalPosition === event.globalPosition);
  return events[index - 1]?.globalPosition ?? from;
}

/** Applies what can be applied around the events that fail. Throws what says nothing about them. */
async function applyAround(
  query: Query,
  parts: BatchParts,
  events: readonly RecordedEvent[],
  manner: Manner,
): Promise<Attempt> {
  const result: Attempt = { handled: [], aside: [] };
  const stuck = new Set<string>();

  async function attempt(part: readonly RecordedEvent[]): Promise<void> {
    if (parts.policy === 'stop' && result.aside.length > 0) return;
    const run = part.filter((event) => !stuck.has(event.streamId));
    for (const event of part) if (stuck.has(event.streamId)) result.aside.push({ event, failure: undefined });
    if (run.length === 0) return;
    const failed = await applyPart(query, parts, run, manner);
    if (failed === undefined) {
      result.handled.push(...run);
      return;
    }
    const place = placeOf(failed.error, run);
    const event = place === undefined ? undefined : run[place];
    if (place !== undefined && event !== undefined) {
      // Known: the rest is tried at once, without what comes after it in its stream.
      const later = run.slice(place + 1);
      const rest = parts.policy === 'stop' ? [] : later.filter((one) => one.streamId !== event.streamId);
      await attempt([...run.slice(0, place), ...rest]);
      stuck.add(event.streamId);
      result.aside.push({ event, failure: failureOf(failed.error) });
      for (const one of later)
        if (one.streamId === event.streamId) result.aside.push({ event: one, failure: undefined });
      return;
    }
    const middle = Math.ceil(run.length / 2);
    await attempt(run.slice(0, middle));
    await attempt(run.slice(middle));
  }

  await attempt(events);
  return result;
}

/** Resolves with what a part failed at, its writes undone. Throws where they can't be, and what says nothing about the events. */
async function applyPart(
  query: Query,
  { projection, held, effects }: BatchParts,
  events: readonly RecordedEvent[],
  { guarded }: Manner,
): Promise<{ error: unknown } | undefined> {
  let wrote = false;
  // Before the first write only: an event that is refused before it costs no round trip.
  const write: Write = async (statement, parameters) => {
    const first = !wrote;
    wrote = true;
    if (first && guarded) await query('savepoint part');
    return query(statement, parameters);
  };
  try {
    forEachEvent(events, checkReadable);
    await projection.apply(readableToProjections(events), write, { version: held.version, effects });
    if (wrote && guarded) await query('release savepoint part');
    return undefined;
  } catch (error) {
    const named = positionOfFailure(error) !== undefined;
    if (isNotTheEvents(error) || (!guarded && (wrote || !named))) throw error;
    if (wrote) {
      await query('rollback to savepoint part');
      await query('release savepoint part');
    }
    return { error };
  }
}

/** Which event an error is of: the only one, or the one that the projection named. */
function placeOf(error: unknown, events: readonly RecordedEvent[]): number | undefined {
  if (events.length === 1) return 0;
  const position = positionOfFailure(error);
  const place = events.findIndex((event) => event.globalPosition === position);
  return place < 0 ? undefined : place;
}
