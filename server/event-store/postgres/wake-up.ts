import { setTimeout as pause } from 'node:timers/promises';
import { channels, type Database } from '#db/database.ts';

/** Tells subscriptions that there may be something to read. A hint above their poll: losing one costs one interval. */
export type WakeUp = {
  /** After a commit: wakes subscriptions here, and those elsewhere by NOTIFY. */
  publish(): void;
  /** Resolves when every hint so far has gone out. */
  published(): Promise<void>;
  subscribe(onHint: () => void): () => void;
  stop(): Promise<void>;
};

/** Between two NOTIFYs. Whoever listens reads on from where it is, so more of them tell nothing, and cost both cores. */
const NOTIFY_MS_MIN = 5;

/**
 * NOTIFY takes one lock for the whole cluster at commit (in every append it costs 56 to 69 % of the throughput), so it
 * is sent after the append's commit, without payload, at once where none was sent lately, and else with all that comes
 * until its time: with one writer a hint for each append made every third append wait for it.
 */
export function createWakeUp(database: Database): WakeUp {
  const { events: channel } = channels(database.schema);
  const listeners = new Set<() => void>();
  let sentAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<void> | undefined;
  /** The next one, not sent yet: it covers every hint until then. */
  let next: Promise<void> | undefined;

  const wake = () => {
    for (const onHint of listeners) onHint();
  };
  const listener = database.listen(channel, wake);

  async function send(): Promise<void> {
    await sending;
    const restMs = sentAt + NOTIFY_MS_MIN - performance.now();
    if (restMs > 0) await pause(restMs);
    next = undefined;
    sentAt = performance.now();
    sending = notify();
    await sending;
  }

  async function notify(): Promise<void> {
    try {
      await database.query('select pg_notify($1, $2)', [channel, '']);
    } catch {
      // Whoever listens polls too; an append that is committed must not fail for its hint.
    }
  }

  return {
    publish() {
      wake();
      next ??= send();
    },
    published: async () => next ?? sending,
    subscribe(onHint) {
      listeners.add(onHint);
      return () => listeners.delete(onHint);
    },
    async stop() {
      await next;
      await sending;
      await listener.stop();
    },
  };
}
