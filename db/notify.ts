import type { Database } from './database.ts';

/** Sends hints to whoever listens on a channel; one that is lost costs the listener an interval of its poll. */
export type Notifier = {
  /** Returns at once. */
  notify(): void;
  /** Resolves when every hint so far has gone out. Never rejects. */
  sent(): Promise<void>;
};

/** Between two of them. Who listens reads on from where it is: more of them tell nothing, and cost both sides. */
const MS_MIN = 5;

/**
 * NOTIFY without payload, in a statement of its own after the commit that it tells of: within that transaction it would
 * take one lock for the whole cluster at its commit, and hold it while the disk is waited for, so that transactions
 * commit one after the other (an append loses 56 to 69 % of its throughput). At most one is under way; all that come
 * meanwhile, or too soon after it, share the next. Where one caller alone waits for it, as who sends one command after
 * the other, it is not put off.
 */
export function createNotifier(database: Pick<Database, 'query'>, channel: string): Notifier {
  let sentAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<void> | undefined;
  /** The next one, not sent yet: it covers every hint until then. */
  let next: Promise<void> | undefined;
  let waiting = 0;
  let endPause = () => {};

  async function send(): Promise<void> {
    await sending;
    const restMs = sentAt + MS_MIN - performance.now();
    if (restMs > 0 && waiting !== 1) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
        endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    endPause = () => {};
    next = undefined;
    waiting = 0;
    sentAt = performance.now();
    sending = database.query('select pg_notify($1, $2)', [channel, '']).then(
      () => {},
      // Whoever listens polls too; what is committed must not fail for its hint.
      () => {},
    );
    await sending;
  }

  return {
    notify() {
      next ??= send();
    },
    async sent() {
      if (next === undefined) return sending;
      waiting += 1;
      // Appends that went as one group are answered in one turn of the event loop: their callers wait together.
      setImmediate(() => {
        if (waiting === 1) endPause();
      });
      return next;
    },
  };
}
