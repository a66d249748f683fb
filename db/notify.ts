import type { Database } from './database.ts';

/** Sends hints to whoever listens on a channel; one that is lost costs the listener an interval of its poll. */
export type Notifier = {
  /** Returns at once. */
  notify(): void;
  /** Resolves when every hint so far has gone out. Never rejects. */
  sent(): Promise<void>;
};

/** Between two of them while hints come often. Who listens reads on from where it is: more of them tell nothing. */
const MS_MIN = 5;
/** So many hints within `MS_MIN` are often: what comes seldom, as one caller's commands do, is told at once. */
const OFTEN = 4;

/**
 * NOTIFY without payload, in a statement of its own after the commit that it tells of: within that transaction it would
 * take one lock for the whole cluster at its commit, and hold it while the disk is waited for, so that transactions
 * commit one after the other (an append loses 56 to 69 % of its throughput). At most one is under way; all that come
 * meanwhile share the next.
 */
export function createNotifier(database: Pick<Database, 'query'>, channel: string): Notifier {
  const lately: number[] = [];
  let sentAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<void> | undefined;
  /** The next one, not sent yet: it covers every hint until then. */
  let next: Promise<void> | undefined;

  async function send(): Promise<void> {
    await sending;
    const restMs = sentAt + MS_MIN - performance.now();
    const [first = 0] = lately;
    if (restMs > 0 && lately.length === OFTEN && performance.now() - first < MS_MIN) {
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    next = undefined;
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
      lately.push(performance.now());
      if (lately.length > OFTEN) lately.shift();
      next ??= send();
    },
    sent: async () => next ?? sending,
  };
}
