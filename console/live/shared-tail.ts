import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { TabSharing } from './shared-feed.ts';
import { createTailLeader, type OpenTail, type TailFilter, type TailMessage } from './tail-leader.ts';

/** What a tab hears of its tail. */
export type TailListener = {
  onConnected(): void;
  onEvents(events: readonly RecordedEvent[]): void;
  onDisconnected(): void;
  /** It will not come back: the filter, or the whole stream, was refused. */
  onRefused(message: string): void;
};

/** Events of a filter above `after` up to `upTo`, oldest first, page by page. */
export type FetchBetween = (
  filter: TailFilter,
  range: { after: Position; upTo: Position },
) => AsyncIterable<readonly RecordedEvent[]>;

type Parts = {
  open: OpenTail;
  fetchBetween: FetchBetween;
  sharing: TabSharing;
  /** Names this tab among all. */
  tab: string;
  isAfter(a: Position, b: Position): boolean;
};

const REFETCH_MS = 2000;

/**
 * One event stream for the live tails of all tabs of a browser: with six streams open, an HTTP/1.1 browser lets the seventh
 * wait for ever. The tab that holds the lock leads: it subscribes with everybody's filters and hands each page on with the
 * stretch of positions it covers. A tab whose tail ends below that stretch fetches what lies between before it takes the
 * page, so that neither a late tab nor another leader makes a gap; what comes twice is dropped by position.
 */
export function createSharedTail({ open, fetchBetween, sharing, tab, isAfter }: Parts) {
  return (filter: TailFilter, start: Position, listener: TailListener): { unsubscribe(): void } => {
    const key = JSON.stringify(filter);
    const stop = new AbortController();
    const { signal } = stop;
    let cursor = start;
    let work = Promise.resolve();
    let connected = false;
    let askedAt = 0;
    const channel = sharing?.openChannel() ?? null;
    const want = { kind: 'want', tab, key } as const satisfies TailMessage;
    const leader = createTailLeader({ open, after: () => cursor, tell: (message) => say(message), signal });

    /** Told to the others, and heard here as they hear it. */
    function say(message: TailMessage): void {
      channel?.postMessage(message);
      hear(message);
    }

    function hear(message: TailMessage): void {
      if (signal.aborted) return;
      switch (message.kind) {
        case 'want':
        case 'leave':
          leader.note(message);
          return;
        case 'who':
          leader.note(want);
          channel?.postMessage(want);
          return;
        case 'lost':
          disconnected();
          return;
        case 'refused':
          if (message.key === null || message.key === key) listener.onRefused(message.message);
          return;
        case 'open':
        case 'page':
          // A leader that has not heard of this tab, as after a sleep: it asks again, and fetches what it missed then.
          if (message.keys.includes(key)) work = work.then(() => take(message));
          else askAgain();
      }
    }

    function askAgain(): void {
      if (Date.now() - askedAt < REFETCH_MS) return;
      askedAt = Date.now();
      channel?.postMessage(want);
    }

    function disconnected(): void {
      connected = false;
      listener.onDisconnected();
    }

    async function take(message: Extract<TailMessage, { kind: 'open' | 'page' }>): Promise<void> {
      while (!signal.aborted && isAfter(message.from, cursor)) {
        try {
          for await (const events of fetchBetween(filter, { after: cursor, upTo: message.from })) give(events);
          cursor = message.from;
        } catch {
          disconnected();
          await new Promise((resolve) => setTimeout(resolve, REFETCH_MS));
        }
      }
      if (signal.aborted) return;
      if (!connected) listener.onConnected();
      connected = true;
      if (message.kind === 'page') {
        const bit = 1 << message.keys.indexOf(key);
        give(message.events.filter((_, index) => ((message.masks[index] ?? 0) & bit) !== 0));
        if (isAfter(message.upTo, cursor)) cursor = message.upTo;
      }
    }

    function give(events: readonly RecordedEvent[]): void {
      const fresh = events.filter((event) => isAfter(event.globalPosition, cursor));
      const last = fresh.at(-1);
      if (signal.aborted || last === undefined) return;
      cursor = last.globalPosition;
      listener.onEvents(fresh);
    }

    if (channel !== null) channel.onmessage = ({ data }: MessageEvent<TailMessage>) => hear(data);
    leader.note(want);
    channel?.postMessage(want);
    if (sharing === null) leader.lead();
    else {
      sharing.locks
        .request('tidemark-tail', { signal }, () => {
          // The browser may grant the lock while the abort is on its way: a lock held by nobody would silence every tab.
          if (signal.aborted) return Promise.resolve();
          leader.lead();
          return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        })
        // Aborting a request that still waits for its turn rejects it, which is how this tab leaves the queue.
        .catch(() => undefined);
    }
    return {
      unsubscribe() {
        channel?.postMessage({ kind: 'leave', tab } satisfies TailMessage);
        stop.abort();
        channel?.close();
      },
    };
  };
}
