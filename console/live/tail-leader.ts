import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';

/** What the server narrows a tail by; the rest of a filter is the tab's own to apply. */
export type TailFilter = { category?: string[]; eventType?: string[]; q?: string; where?: string };

/** What tabs tell each other. `keys` are filters as JSON; a page's `masks` have a bit for each of them. */
export type TailMessage =
  | { kind: 'want'; tab: string; key: string }
  | { kind: 'leave'; tab: string }
  | { kind: 'who' }
  | { kind: 'open'; keys: readonly string[]; from: Position }
  | {
      kind: 'page';
      keys: readonly string[];
      /** It has everything above `from` up to `upTo`. */
      from: Position;
      upTo: Position;
      events: readonly RecordedEvent[];
      masks: readonly number[];
    }
  | { kind: 'lost' }
  /** One filter, or all where `key` is null. */
  | { kind: 'refused'; key: string | null; message: string };

/** Opens the stream of the server above a position; it connects again by itself until it is closed. */
export type OpenTail = (
  request: { after: Position; filters: TailFilter[] },
  handlers: {
    onConnected(): void;
    onPage(page: { upTo: Position; events: readonly RecordedEvent[]; masks: readonly number[] }): void;
    onRefusedFilters(refused: readonly { index: number; message: string }[]): void;
    onDisconnected(): void;
    /** The server closed it, as it does when it stops; it may come back. */
    onClosed(): void;
    onRefused(message: string): void;
  },
) => { unsubscribe(): void };

type Parts = {
  open: OpenTail;
  /** Where this tab's own tail has come to. */
  after(): Position;
  tell(message: TailMessage): void;
  signal: AbortSignal;
};

/** Filters that the server takes at once. */
const FILTERS_MAX = 16;
/** Tabs that open together are told of in one request. */
const GATHER_MS = 60;
const REOPEN_MS = 2000;
/** Tabs are asked this often whether they are still there; who has not answered twice is forgotten. */
const ASK_MS = 20_000;

/** The part of a tab that leads: it keeps what everybody wants, and the one stream to the server. */
export function createTailLeader({ open, after, tell, signal }: Parts) {
  const wants = new Map<string, { key: string; at: number }>();
  let leading = false;
  let opened: readonly string[] = [];
  let stream: { unsubscribe(): void } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let cursor: Position | null = null;
  let up = false;
  const refused = new Map<string, string>();

  const wanted = () => [...new Set([...wants.values()].map((want) => want.key))].filter((key) => !refused.has(key));
  const later = (delayMs: number) => {
    timer ??= setTimeout(() => {
      timer = null;
      if (!signal.aborted) connect();
    }, delayMs);
  };

  function connect(): void {
    stream?.unsubscribe();
    const keys = wanted().slice(0, FILTERS_MAX);
    opened = keys;
    up = false;
    if (keys.length === 0) return;
    cursor ??= after();
    const from = cursor;
    stream = open(
      { after: from, filters: keys.map((key) => JSON.parse(key) as TailFilter) },
      {
        onConnected() {
          up = true;
          tell({ kind: 'open', keys, from: cursor ?? from });
        },
        onPage(page) {
          const begins = cursor ?? from;
          cursor = page.upTo;
          tell({ kind: 'page', keys, from: begins, ...page });
        },
        onRefusedFilters(faults) {
          for (const { index, message } of faults) {
            const key = keys[index] ?? '';
            refused.set(key, message);
            tell({ kind: 'refused', key, message });
          }
        },
        onDisconnected() {
          up = false;
          tell({ kind: 'lost' });
        },
        onClosed() {
          up = false;
          tell({ kind: 'lost' });
          later(REOPEN_MS);
        },
        onRefused: (message) => tell({ kind: 'refused', key: null, message }),
      },
    );
  }

  return {
    /** Who wants what, as every tab hears it, so that any of them can take over. */
    note(message: Extract<TailMessage, { kind: 'want' | 'leave' }>): void {
      if (message.kind === 'leave') wants.delete(message.tab);
      else wants.set(message.tab, { key: message.key, at: Date.now() });
      if (!leading || message.kind === 'leave') return;
      const { key } = message;
      const place = wanted().indexOf(key);
      const fault =
        place >= FILTERS_MAX ? `tails with ${FILTERS_MAX} other filters are open in this browser` : refused.get(key);
      if (fault !== undefined) tell({ kind: 'refused', key, message: fault });
      else if (!opened.includes(key)) later(GATHER_MS);
      // Who comes to a stream that has its filter already is told where it stands.
      else if (up && cursor !== null) tell({ kind: 'open', keys: opened, from: cursor });
    },
    lead(): void {
      leading = true;
      tell({ kind: 'who' });
      later(GATHER_MS);
      const ask = setInterval(() => {
        for (const [tab, { at }] of wants) if (Date.now() - at > 2.5 * ASK_MS) wants.delete(tab);
        tell({ kind: 'who' });
      }, ASK_MS);
      signal.addEventListener(
        'abort',
        () => {
          clearInterval(ask);
          if (timer !== null) clearTimeout(timer);
          stream?.unsubscribe();
        },
        { once: true },
      );
    },
  };
}
