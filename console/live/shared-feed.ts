/** How a feed stands, in words a person reads. */
export type FeedState = 'connecting' | 'live' | 'reconnecting';

/** What a feed hands to its listeners: the newest value, when it came (ms since 1970), and the connection's state. */
export type FeedSnapshot<Value> = { value: Value | null; receivedAt: number; state: FeedState };

/** Opens the connection; calls back until `close()`. `lost` means that it ended and must be opened anew. */
export type OpenFeed<Value> = (callbacks: {
  onValue: (value: Value) => void;
  onState: (state: FeedState) => void;
  onLost: () => void;
}) => { close: () => void };

/** The browser's means of sharing between tabs; null where there are none, and each tab then connects by itself. */
export type TabSharing = {
  locks: Pick<LockManager, 'request'>;
  openChannel: () => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
} | null;

type Message<Value> = { kind: 'snapshot'; snapshot: FeedSnapshot<Value> } | { kind: 'hello' };

const RETRY_MS = [500, 1000, 2000, 4000];

/**
 * One connection for all tabs of a browser: the tab that holds the lock connects and tells the others, because with six
 * open streams an HTTP/1.1 browser lets the seventh wait for ever. When that tab goes, the next one takes over.
 * A connection that ends is opened again after 0.5, 1, 2, then every 4 s.
 */
export function createSharedFeed<Value>(
  name: string,
  open: OpenFeed<Value>,
  sharing: TabSharing,
  now: () => number = Date.now,
) {
  let snapshot: FeedSnapshot<Value> = { value: null, receivedAt: 0, state: 'connecting' };
  const listeners = new Set<() => void>();

  const publish = (part: Partial<FeedSnapshot<Value>>) => {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  };

  function lead(tell: (snapshot: FeedSnapshot<Value>) => void, signal: AbortSignal): void {
    let failures = 0;
    const say = (part: Partial<FeedSnapshot<Value>>) => {
      publish(part);
      tell(snapshot);
    };
    const connect = () => {
      if (signal.aborted) return;
      const connection = open({
        onValue: (value) => {
          failures = 0;
          say({ value, receivedAt: now(), state: 'live' });
        },
        onState: (state) => say({ state: state === 'connecting' && snapshot.value !== null ? 'reconnecting' : state }),
        onLost: () => {
          connection.close();
          say({ state: snapshot.value === null ? 'connecting' : 'reconnecting' });
          setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
          failures += 1;
        },
      });
      signal.addEventListener('abort', () => connection.close(), { once: true });
    };
    connect();
  }

  function start(): () => void {
    const stop = new AbortController();
    if (sharing === null) {
      lead(() => {}, stop.signal);
      return () => stop.abort();
    }
    const channel = sharing.openChannel();
    let leading = false;
    const send = (message: Message<Value>) => channel.postMessage(message);
    channel.onmessage = ({ data }: MessageEvent<Message<Value>>) => {
      if (data.kind === 'hello' && leading) send({ kind: 'snapshot', snapshot });
      if (data.kind === 'snapshot' && !leading) publish(data.snapshot);
    };
    send({ kind: 'hello' });
    sharing.locks
      .request(name, { signal: stop.signal }, () => {
        // The browser may grant the lock while the abort is on its way: a lock held by nobody would silence every tab.
        if (stop.signal.aborted) return Promise.resolve();
        leading = true;
        lead((next) => send({ kind: 'snapshot', snapshot: next }), stop.signal);
        return new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
      })
      // Aborting a request that still waits for its turn rejects it, which is how this tab leaves the queue.
      .catch(() => {});
    return () => {
      stop.abort();
      channel.close();
    };
  }

  let stop: (() => void) | null = null;
  return {
    /** The newest snapshot; the same object until something changes. */
    current: () => snapshot,
    /** Connects with the first listener, lets go with the last. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}

/** What this browser offers for sharing; locks need a secure context, which loopback is. */
export function browserTabSharing(name: string): TabSharing {
  if (typeof navigator === 'undefined' || navigator.locks === undefined || typeof BroadcastChannel === 'undefined') {
    return null;
  }
  return { locks: navigator.locks, openChannel: () => new BroadcastChannel(name) };
}
