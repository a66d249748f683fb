import type { Connection, ConnectionHooks } from './connection.ts';

const RECONNECT_AFTER_MS = 500;

/**
 * LISTEN on a connection of its own, made anew after every loss. `onHint` is called for each notification and after
 * each connection, because hints may have been missed before it.
 */
export function listenOn(
  open: (hooks: ConnectionHooks) => Connection,
  channel: string,
  onHint: () => void,
): { stop(): Promise<void> } {
  let stopped = false;
  let connection: Connection | undefined;
  let timer: NodeJS.Timeout | undefined;

  function connectLater(): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(connect, RECONNECT_AFTER_MS).unref();
  }

  function connect(): void {
    connection?.drop();
    const current = open({ onNotify: onHint, onClose: connectLater });
    connection = current;
    current.query(`listen "${channel}"`, []).then(onHint, connectLater);
  }

  connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      connection?.drop();
    },
  };
}
