import { channels, type Database } from '#db/database.ts';
import { createNotifier } from '#db/notify.ts';

/** Tells subscriptions that there may be something to read. A hint above their poll: losing one costs one interval. */
export type WakeUp = {
  /** After a commit: wakes subscriptions here, and those elsewhere by NOTIFY. */
  publish(): void;
  /** Resolves when every hint so far has gone out. */
  published(): Promise<void>;
  subscribe(onHint: () => void): () => void;
  stop(): Promise<void>;
};

/** Wakes those in this process by a call, those in others by NOTIFY, and by a NOTIFY that comes from others. */
export function createWakeUp(database: Database): WakeUp {
  const { events: channel } = channels(database.schema);
  const listeners = new Set<() => void>();
  const notifier = createNotifier(database, channel);

  const wake = () => {
    for (const onHint of listeners) onHint();
  };
  let listener: { stop(): Promise<void> } | undefined;

  return {
    publish() {
      wake();
      notifier.notify();
    },
    published: notifier.sent,
    subscribe(onHint) {
      listeners.add(onHint);
      listener ??= database.listen(channel, wake);
      return () => listeners.delete(onHint);
    },
    async stop() {
      await notifier.sent();
      await listener?.stop();
    },
  };
}
