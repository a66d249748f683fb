import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import * as model from './live-tail-model.ts';

export type TailHandlers = {
  onConnected(): void;
  onEvents(events: readonly RecordedEvent[]): void;
  /** Lost; the source connects again by itself and resumes after the last event it handed over. */
  onDisconnected(): void;
  /** The server closed it, as it does when it stops; it may come back. */
  onClosed(): void;
  /** It will not come back: the request itself was refused. */
  onRefused(message: string): void;
};

/** Opens a subscription to the events after a position. */
export type TailSource = (after: Position, handlers: TailHandlers) => { unsubscribe(): void };

export type TailOptions = {
  source: TailSource;
  /** Everything up to here is in the table. */
  mark: Position;
  tableBefore: Position;
  matches(event: RecordedEvent): boolean;
  /** The newest high-water mark known, for how far a gap reaches; null where none is known. */
  latestMark(): Position | null;
};

/** A tail with its connection and its timers, as an external store for React. */
export type TailController = {
  getSnapshot(): model.Tail;
  subscribe(listener: () => void): () => void;
  pause(reason: model.PauseReason): void;
  resume(): void;
  stop(): void;
};

/** Without an event for this long, a gap counts as filled: the filter lets nothing more of it through. */
const QUIET_MS = 1000;
/** A server that closed the stream is asked again after this long. */
const REOPEN_MS = 2000;

/** Opens the subscription and keeps the tail until it is stopped. */
export function createTailController(options: TailOptions): TailController {
  let tail = model.startTail(options.mark, options.tableBefore);
  let subscription: { unsubscribe(): void } | null = null;
  let stopped = false;
  const listeners = new Set<() => void>();
  const timers: Partial<Record<'flush' | 'quiet' | 'reopen', ReturnType<typeof setTimeout>>> = {};

  const update = (next: model.Tail) => {
    if (next === tail) return;
    tail = next;
    for (const listener of listeners) listener();
  };
  const schedule = (name: keyof typeof timers, delayMs: number, work: () => void) => {
    timers[name] ??= setTimeout(() => {
      delete timers[name];
      if (!stopped) work();
    }, delayMs);
  };
  const awaitQuiet = () => {
    clearTimeout(timers.quiet);
    delete timers.quiet;
    if (tail.phase === 'gap-filling') schedule('quiet', QUIET_MS, () => update(model.quiet(tail)));
  };

  const open = () => {
    subscription = options.source(tail.cursor, {
      onConnected() {
        update(model.connected(tail, options.latestMark()));
        awaitQuiet();
      },
      onEvents(events) {
        update(model.received(tail, events, options.matches));
        awaitQuiet();
        if (tail.waiting.length > 0) schedule('flush', model.BATCH_INTERVAL_MS, () => update(model.flush(tail)));
      },
      onDisconnected: () => update(model.disconnected(tail)),
      onClosed() {
        update(model.disconnected(tail));
        schedule('reopen', REOPEN_MS, open);
      },
      onRefused: (message) => update(model.ended(tail, message)),
    });
  };
  open();

  return {
    getSnapshot: () => tail,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause: (reason) => update(model.pause(tail, reason)),
    resume: () => update(model.resume(tail)),
    stop() {
      stopped = true;
      for (const timer of Object.values(timers)) clearTimeout(timer);
      subscription?.unsubscribe();
    },
  };
}
