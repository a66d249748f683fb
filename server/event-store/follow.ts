import { comparePositions, type Position, START } from '#server/kernel/position.ts';
import type { AllPage, ReadAllOptions, SubscribeOptions, Subscription } from './event-store.ts';

/** States of a subscription: `reading` pages one after the other, `waiting` for a hint or the poll, then `stopped`. */
export type FollowSource = {
  readAll(options: ReadAllOptions): Promise<AllPage>;
  /** Registers for hints; gives back how to leave. */
  onHint(wake: () => void): () => void;
};

/** The net beneath the hints. */
const POLL_MS = 200;
const RETRY_MS_MAX = 5000;

/**
 * Follows the global order from a position on. It registers for hints before it reads the first page, so there is no
 * moment at which an append could be missed; a hint that comes while a page is handled is kept until that page is done.
 * While a page is handled the next one is read, and no more than that one.
 */
export function follow(source: FollowSource, { onEvents, signal, ...options }: SubscribeOptions): Subscription {
  const stopping = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
  let hinted = false;
  let wake = () => {};
  const leave = source.onHint(() => {
    hinted = true;
    wake();
  });

  async function run(): Promise<void> {
    let after = options.after ?? START;
    let failures = 0;
    let ahead: Promise<AllPage> | undefined;
    while (!stopped.aborted) {
      let page: AllPage;
      try {
        const reading = ahead ?? read(after);
        ahead = undefined;
        page = await reading;
        failures = 0;
      } catch {
        failures += 1;
        await pause(Math.min(RETRY_MS_MAX, POLL_MS * 2 ** failures));
        continue;
      }
      if (stopped.aborted) return;
      if (page.nextAfter !== null) {
        ahead = read(page.nextAfter);
        // Where it fails while the handler works, the next round finds out, or nobody does after a stop.
        ahead.catch(() => {});
      }
      if (comparePositions(page.upTo, after) > 0) {
        await onEvents(page.events, page.upTo);
        after = page.upTo;
      }
      if (page.nextAfter === null && !hinted) await pause(POLL_MS);
    }
  }

  /** A hint that comes once a page is being read may be of events that it does not have. */
  function read(after: Position): Promise<AllPage> {
    hinted = false;
    return source.readAll({ ...options, after });
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        stopped.removeEventListener('abort', end);
        wake = () => {};
        resolve();
      };
      const timer = setTimeout(end, ms);
      wake = end;
      stopped.addEventListener('abort', end, { once: true });
    });
  }

  const done = run().finally(leave);
  return {
    done,
    async stop() {
      stopping.abort();
      await done.catch(() => {});
    },
  };
}
