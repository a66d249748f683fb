import type { Connection, ConnectionHooks } from './connection.ts';

const RECONNECT_AFTER_MS = 500;

export type Listening = {
  /** `onHint` is called for each notification and after each connection, because hints may have been missed before it. */
  listen(channel: string, onHint: () => void): { stop(): Promise<void> };
};

/**
 * LISTEN for all channels of a process on one connection of its own, made with the first channel and anew after every
 * loss. One, because each NOTIFY wakes every connection that listens, to whatever channel.
 */
export function createListening(open: (hooks: ConnectionHooks) => Connection): Listening {
  const channels = new Map<string, Set<() => void>>();
  let connection: Connection | undefined;
  let timer: NodeJS.Timeout | undefined;

  function tell(channel: string): void {
    for (const onHint of channels.get(channel) ?? []) onHint();
  }

  function connectLater(): void {
    clearTimeout(timer);
    if (channels.size > 0) timer = setTimeout(connect, RECONNECT_AFTER_MS).unref();
  }

  function connect(): void {
    connection?.drop();
    const current = open({ onNotify: tell, onClose: () => current === connection && connectLater() });
    connection = current;
    for (const channel of channels.keys()) listenTo(current, channel);
  }

  function listenTo(current: Connection, channel: string): void {
    const again = () => {
      if (current === connection) connectLater();
    };
    current.query(`listen "${channel}"`, []).then(() => tell(channel), again);
  }

  function leave(channel: string, onHint: () => void): void {
    const hints = channels.get(channel);
    hints?.delete(onHint);
    if (hints?.size !== 0) return;
    channels.delete(channel);
    if (channels.size > 0) {
      // What comes for it all the same nobody is told.
      connection?.query(`unlisten "${channel}"`, []).catch(() => {});
      return;
    }
    clearTimeout(timer);
    connection?.drop();
    connection = undefined;
  }

  return {
    listen(channel, onHint) {
      const hints = channels.get(channel);
      if (hints !== undefined) hints.add(onHint);
      else {
        channels.set(channel, new Set([onHint]));
        if (connection === undefined) connect();
        else listenTo(connection, channel);
      }
      return { stop: async () => leave(channel, onHint) };
    },
  };
}
