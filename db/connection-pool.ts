import { TidemarkError } from '#server/kernel/errors.ts';
import type { Connection } from './connection.ts';

/**
 * A bounded set of connections, each leased to one call. It exists because a call past its deadline must lose exactly
 * its own connection, which a pool inside the driver does not offer.
 */
export type ConnectionPool = {
  /** Rejects with `overloaded` where the queue is full or no connection came free in `waitMs`. */
  lease(waitMs: number): Promise<Connection>;
  release(connection: Connection): void;
  /** For a connection whose state nobody knows any more. */
  discard(connection: Connection): void;
  inUse(): number;
  waiting(): number;
  /** Waits for leased connections at most `graceMs`, then cuts them. */
  close(graceMs: number): Promise<void>;
};

type Waiter = { resolve(connection: Connection): void; reject(error: Error): void };

/** `open` makes a connection without opening it; at most `connectionsMax` exist, at most `waitingMax` calls wait. */
export function createConnectionPool(
  open: () => Connection,
  { connectionsMax, waitingMax }: { connectionsMax: number; waitingMax: number },
): ConnectionPool {
  const idle: Connection[] = [];
  const leased = new Set<Connection>();
  const waiters: Waiter[] = [];
  let closed = false;
  let onDrained = () => {};

  function hand(connection: Connection): void {
    const waiter = waiters.shift();
    if (waiter === undefined) {
      idle.push(connection);
      return;
    }
    leased.add(connection);
    waiter.resolve(connection);
  }

  /** What the server ended meanwhile, as when it starts again, is no reason for a call to fail. */
  function takeIdle(): Connection | undefined {
    let free = idle.pop();
    while (free?.lost()) free = idle.pop();
    return free;
  }

  function settle(connection: Connection): void {
    leased.delete(connection);
    if (leased.size === 0) onDrained();
  }

  return {
    lease(waitMs) {
      if (closed) return Promise.reject(new TidemarkError('shutting-down', 'the database client is closed'));
      const free = takeIdle() ?? (leased.size < connectionsMax ? open() : undefined);
      if (free !== undefined) {
        leased.add(free);
        return Promise.resolve(free);
      }
      if (waiters.length >= waitingMax) return Promise.reject(overloaded(`${waitingMax} calls wait already`));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.splice(waiters.indexOf(waiter), 1);
          reject(overloaded(`no connection came free within ${waitMs} ms`));
        }, waitMs);
        const waiter: Waiter = {
          resolve(connection) {
            clearTimeout(timer);
            resolve(connection);
          },
          reject(error) {
            clearTimeout(timer);
            reject(error);
          },
        };
        waiters.push(waiter);
      });
    },
    release(connection) {
      settle(connection);
      if (closed) connection.drop();
      else hand(connection);
    },
    discard(connection) {
      settle(connection);
      connection.drop();
      if (!closed && waiters.length > 0) hand(open());
    },
    inUse: () => leased.size,
    waiting: () => waiters.length,
    async close(graceMs) {
      closed = true;
      for (const waiter of waiters.splice(0))
        waiter.reject(new TidemarkError('shutting-down', 'the server is stopping'));
      if (leased.size > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, graceMs);
          onDrained = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      for (const connection of leased) connection.drop();
      await Promise.allSettled(idle.map((connection) => connection.close()));
    },
  };
}

function overloaded(why: string): TidemarkError {
  return new TidemarkError('overloaded', `too many calls to the database: ${why}`, { retryAfterSeconds: 1 });
}
