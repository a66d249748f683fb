import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';

/** What waits to be appended, as far as coalescing needs to know it. */
export type Coalesced = { streamId: string; events: readonly unknown[] };

export type AppendCoalescer<Item extends Coalesced, Answer> = {
  /** Resolves or rejects with this item's own answer; `overloaded` where too much waits already. */
  append(item: Item): Promise<Answer>;
  /** Appends that wait for a slot. */
  waiting(): number;
};

export type CoalescerParts<Item extends Coalesced, Answer> = {
  /** Appends one; its error is its caller's. */
  appendOne(item: Item, deadlineMs: number): Promise<Answer>;
  /**
   * Appends items of distinct streams, given in the order of their ids, in one transaction. The answer of an item is
   * undefined where it did not fit; a rejection means that none was appended, but for failures of the connection, after
   * which nobody knows.
   */
  appendGroup(items: readonly Item[], deadlineMs: number): Promise<(Answer | undefined)[]>;
  /** Default 5,000: from the call to the answer, waiting included. */
  deadlineMs?: number;
  /** Events that may wait (default 50,000). */
  waitingEventsMax?: number;
};

type Pending<Item, Answer> = {
  item: Item;
  deadlineAt: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Groups under way at once: while one waits for the disk, the next is sent. A third gains nothing on 2 cores, nor does
 * evening the two out (decision 0201).
 */
const SLOTS = 2;
/** More events than this in one statement lengthen everybody's wait and gain nothing. */
const GROUP_EVENTS_MAX = 500;
const SWEEP_MS = 250;

/**
 * Group commit in the process. Nothing waits for a timer: whenever a slot is free, all that waits goes as one
 * transaction. Appends to one stream go one after the other, so a group has distinct streams; where a group fails it
 * falls apart into its members. A group of one goes alone: the group's statement would cost it 20 %.
 */
export function createAppendCoalescer<Item extends Coalesced, Answer>(
  parts: CoalescerParts<Item, Answer>,
): AppendCoalescer<Item, Answer> {
  type Waiting = Pending<Item, Answer>;
  const { deadlineMs = 5000, waitingEventsMax = 50_000 } = parts;
  /** Streams with an append under way or waiting, each with those that wait behind its first. */
  const streams = new Map<string, Waiting[]>();
  let ready: Waiting[] = [];
  let groups = 0;
  let waitingEvents = 0;
  let waitingAppends = 0;
  let sweep: NodeJS.Timeout | undefined;

  function dispatch(): void {
    while (groups < SLOTS && ready.length > 0) {
      let events = 0;
      let count = 0;
      while (count < ready.length) {
        events += ready[count]?.item.events.length ?? 0;
        if (count > 0 && events > GROUP_EVENTS_MAX) break;
        count += 1;
      }
      const group = ready.splice(0, count).sort(byStreamId);
      groups += 1;
      void run(group);
    }
  }

  async function run(group: Waiting[]): Promise<void> {
    for (const pending of group) leaveQueue(pending);
    try {
      const [first] = group;
      if (first !== undefined && group.length === 1) await runOne(first);
      else await runGroup(group);
    } finally {
      groups -= 1;
      for (const { item } of group) advance(item.streamId);
      dispatch();
    }
  }

  async function runOne({ item, deadlineAt, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await parts.appendOne(item, Math.max(1, deadlineAt - performance.now())));
    } catch (error) {
      reject(error);
    }
  }

  async function runGroup(group: Waiting[]): Promise<void> {
    const deadlineAt = Math.min(...group.map((pending) => pending.deadlineAt));
    let answers: (Answer | undefined)[];
    try {
      answers = await parts.appendGroup(
        group.map(({ item }) => item),
        Math.max(1, deadlineAt - performance.now()),
      );
    } catch (error) {
      if (isUnsure(error)) for (const { reject } of group) reject(error);
      else for (const pending of group) await runOne(pending);
      return;
    }
    const unfit: Waiting[] = [];
    for (const [index, pending] of group.entries()) {
      const answer = answers[index];
      if (answer === undefined) unfit.push(pending);
      else pending.resolve(answer);
    }
    // Alone, it is told what it did not fit, or finds that the same events stand already.
    await Promise.all(unfit.map(runOne));
  }

  /** The next append of a stream may go. */
  function advance(streamId: string): void {
    const behind = streams.get(streamId);
    const next = behind?.shift();
    if (next === undefined) streams.delete(streamId);
    else ready.push(next);
  }

  function sweepExpired(): void {
    const now = performance.now();
    const isExpired = (pending: Waiting) => pending.deadlineAt <= now;
    for (const [streamId, behind] of streams) {
      for (const pending of behind.filter(isExpired)) drop(pending);
      if (behind.some(isExpired))
        streams.set(
          streamId,
          behind.filter((pending) => !isExpired(pending)),
        );
    }
    const late = ready.filter(isExpired);
    if (late.length > 0) ready = ready.filter((pending) => !isExpired(pending));
    for (const pending of late) {
      drop(pending);
      advance(pending.item.streamId);
    }
    if (waitingAppends > 0) return;
    clearInterval(sweep);
    sweep = undefined;
  }

  function drop(pending: Waiting): void {
    leaveQueue(pending);
    expire(pending);
  }

  function leaveQueue({ item }: Waiting): void {
    waitingAppends -= 1;
    waitingEvents -= item.events.length;
  }

  return {
    append(item) {
      if (waitingEvents + item.events.length > waitingEventsMax) {
        const message = `${waitingEvents} events wait to be appended already`;
        return Promise.reject(new TidemarkError('overloaded', message, { retryAfterSeconds: 1 }));
      }
      return new Promise((resolve, reject) => {
        const pending = { item, deadlineAt: performance.now() + deadlineMs, resolve, reject };
        waitingAppends += 1;
        waitingEvents += item.events.length;
        sweep ??= setInterval(sweepExpired, SWEEP_MS).unref();
        const behind = streams.get(item.streamId);
        if (behind !== undefined) behind.push(pending);
        else {
          streams.set(item.streamId, []);
          ready.push(pending);
          if (groups < SLOTS) queueMicrotask(dispatch);
        }
      });
    },
    waiting: () => waitingAppends,
  };

  function expire({ reject }: Waiting): void {
    reject(new TidemarkError('deadline-exceeded', `the append waited ${deadlineMs} ms and was not sent`));
  }
}

function byStreamId<Item extends Coalesced>(one: { item: Item }, other: { item: Item }): number {
  return one.item.streamId < other.item.streamId ? -1 : 1;
}

/** Failures after which nobody knows whether the group was appended: repeating its members is the callers' choice. */
function isUnsure(error: unknown): boolean {
  return (
    isTidemarkError(error, 'database-unavailable') ||
    isTidemarkError(error, 'deadline-exceeded') ||
    isTidemarkError(error, 'overloaded') ||
    isTidemarkError(error, 'shutting-down')
  );
}
