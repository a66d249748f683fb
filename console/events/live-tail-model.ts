import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { isAfter } from './position-order.ts';

/** Events kept of the tail; older ones are the table's to fetch. */
export const RING_MAX = 5000;
/** Rows put on the screen at once; of more than that only a sample is shown, and it says so. */
export const BATCH_ROWS_MAX = 200;
/** At most ten batches a second. */
export const BATCH_INTERVAL_MS = 100;

export type TailPhase = 'gap-filling' | 'live' | 'reconnecting' | 'ended';
export type PauseReason = 'scroll' | 'select' | 'hand';

/** A live tail: events in the order of the store, each once, whatever the connection does. */
export type Tail = {
  phase: TailPhase;
  paused: PauseReason | null;
  /** The last position received: where the subscription resumes. */
  cursor: Position;
  /** The tail is catching up until it has seen this position; null where it has nothing to catch up with. */
  fillTo: Position | null;
  /** On the screen, newest first. */
  shown: readonly RecordedEvent[];
  /** Received, not yet on the screen, oldest first; at most `RING_MAX`. */
  waiting: readonly RecordedEvent[];
  /** Events received since the pause. */
  newCount: number;
  /** Once a batch was too large: events hidden since, and one in how many of the last batch was shown. */
  sampled: { every: number; hidden: number } | null;
  /** The table below begins before this position, so that tail and table together have no seam. */
  tableBefore: Position;
  /** Why it ended; null while it has not. */
  endedBecause: string | null;
};

/** A tail that begins after `mark`; `tableBefore` is the position from which the table goes on downwards (exclusive). */
export function startTail(mark: Position, tableBefore: Position): Tail {
  return {
    phase: 'gap-filling',
    paused: null,
    cursor: mark,
    fillTo: null,
    shown: [],
    waiting: [],
    newCount: 0,
    sampled: null,
    tableBefore,
    endedBecause: null,
  };
}

/** The subscription stands. `head` is the mark by now: until the cursor reaches it the tail fills the gap. */
export function connected(tail: Tail, head: Position | null): Tail {
  if (tail.phase === 'ended') return tail;
  const behind = head !== null && isAfter(head, tail.cursor);
  return { ...tail, phase: behind ? 'gap-filling' : 'live', fillTo: behind ? head : null };
}

/** The connection is lost; nothing received is forgotten, and the cursor says where to resume. */
export function disconnected(tail: Tail): Tail {
  return tail.phase === 'ended' ? tail : { ...tail, phase: 'reconnecting' };
}

/** The stream will not come back: what the server refused it for. */
export function ended(tail: Tail, because: string): Tail {
  return { ...tail, phase: 'ended', fillTo: null, endedBecause: because };
}

/**
 * Takes a page in, in order. What was received before is dropped; what does not fit the filter moves the cursor and
 * nothing else.
 */
export function received(
  tail: Tail,
  events: readonly RecordedEvent[],
  matches: (event: RecordedEvent) => boolean = () => true,
): Tail {
  const fresh = events.filter((event) => isAfter(event.globalPosition, tail.cursor));
  const last = fresh.at(-1);
  if (last === undefined) return settle(tail);
  const matching = fresh.filter(matches);
  return settle({
    ...tail,
    cursor: last.globalPosition,
    waiting: [...tail.waiting, ...matching].slice(-RING_MAX),
    newCount: tail.paused === null ? 0 : tail.newCount + matching.length,
  });
}

/** Nothing has come for a while: whatever the filter let through of the gap is here. */
export function quiet(tail: Tail): Tail {
  return tail.phase === 'gap-filling' ? { ...tail, phase: 'live', fillTo: null } : tail;
}

/** Puts what waits on the screen; to be called at most every `BATCH_INTERVAL_MS`. A paused tail stays as it is. */
export function flush(tail: Tail): Tail {
  if (tail.paused !== null || tail.waiting.length === 0) return tail;
  const batch = tail.waiting;
  const every = Math.ceil(batch.length / BATCH_ROWS_MAX);
  if (every === 1) return show({ ...tail, sampled: tail.sampled && { ...tail.sampled, every } }, batch);
  // Counted from the newest, so that the newest is always among those shown.
  const sample = batch.filter((_, index) => (batch.length - 1 - index) % every === 0);
  const hidden = (tail.sampled?.hidden ?? 0) + batch.length - sample.length;
  return show({ ...tail, sampled: { every, hidden } }, sample);
}

/** Holds the screen still and counts. */
export function pause(tail: Tail, reason: PauseReason): Tail {
  if (tail.paused !== null || tail.phase === 'ended') return tail;
  return { ...tail, paused: reason, newCount: tail.waiting.length };
}

/**
 * Goes on. Where more came than the ring holds, the rows between are the table's to fetch: it then begins before the
 * oldest that waits.
 */
export function resume(tail: Tail): Tail {
  if (tail.paused === null) return tail;
  const overflowed = tail.newCount > tail.waiting.length;
  const oldest = tail.waiting[0];
  const base = { ...tail, paused: null, newCount: 0 };
  if (!overflowed || oldest === undefined) return show(base, tail.waiting);
  return show({ ...base, shown: [], sampled: null, tableBefore: oldest.globalPosition }, tail.waiting);
}

/** The state in words, as the top of the table says it. */
export function tailWords(tail: Tail): { word: string; detail: string } {
  const formatted = tail.newCount.toLocaleString('en-US');
  if (tail.phase === 'ended') return { word: 'ENDED', detail: tail.endedBecause ?? '' };
  if (tail.paused !== null) {
    const offline = tail.phase === 'reconnecting' ? ', reconnecting' : '';
    return { word: 'PAUSED', detail: `${formatted} new${offline}` };
  }
  if (tail.phase === 'reconnecting') return { word: 'RECONNECTING', detail: `from ${tail.cursor}` };
  if (tail.phase === 'gap-filling') return { word: 'GAP-FILLING', detail: `from ${tail.cursor}` };
  const every = tail.sampled?.every ?? 1;
  return { word: 'LIVE', detail: every > 1 ? `sampled 1 in ${every}` : '' };
}

function settle(tail: Tail): Tail {
  const filled = tail.fillTo !== null && !isAfter(tail.fillTo, tail.cursor);
  return tail.phase === 'gap-filling' && filled ? { ...tail, phase: 'live', fillTo: null } : tail;
}

/** The ring drops its oldest rows; from there on the table answers. */
function show(tail: Tail, batch: readonly RecordedEvent[]): Tail {
  const shown = [...batch.toReversed(), ...tail.shown];
  const kept = shown.slice(0, RING_MAX);
  const oldest = kept.at(-1);
  const trimmed = shown.length > RING_MAX && oldest !== undefined;
  return { ...tail, waiting: [], shown: kept, tableBefore: trimmed ? oldest.globalPosition : tail.tableBefore };
}
