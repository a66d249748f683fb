import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSharedFeed, type FeedState, type TabSharing } from './shared-feed.ts';

type Callbacks = { onValue: (value: number) => void; onState: (state: FeedState) => void; onLost: () => void };

/** Tabs of one browser: a lock that goes from hand to hand, and a channel that reaches everybody else. */
function createBrowser() {
  const waiting: (() => void)[] = [];
  let held = false;
  const channels = new Set<{ onmessage: ((event: MessageEvent) => void) | null }>();
  const next = () => {
    held = false;
    waiting.shift()?.();
  };
  const sharing: TabSharing = {
    locks: {
      request: ((_name: string, options: { signal: AbortSignal }, work: () => Promise<void>) =>
        new Promise((resolve, reject) => {
          const take = () => {
            if (options.signal.aborted) return next();
            held = true;
            void work().then(resolve).then(next);
          };
          options.signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
          if (held) waiting.push(take);
          else take();
        })) as unknown as LockManager['request'],
    },
    openChannel: () => {
      const channel = {
        onmessage: null as ((event: MessageEvent) => void) | null,
        postMessage: (data: unknown) => {
          for (const other of channels) if (other !== channel) other.onmessage?.({ data } as MessageEvent);
        },
        close: () => {
          channels.delete(channel);
        },
      };
      channels.add(channel);
      return channel;
    },
  };
  return sharing;
}

function createConnections() {
  const opened: (Callbacks & { closed: boolean })[] = [];
  const open = (callbacks: Callbacks) => {
    const connection = { ...callbacks, closed: false };
    opened.push(connection);
    return {
      close: () => {
        connection.closed = true;
      },
    };
  };
  return { opened, open };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('one connection for all tabs', () => {
  test('a second tab gets what the first one hears, without connecting', () => {
    const sharing = createBrowser();
    const { opened, open } = createConnections();
    const first = createSharedFeed('feed', open, sharing, () => 7);
    const second = createSharedFeed('feed', open, sharing, () => 7);
    first.subscribe(() => {});
    opened[0]?.onValue(1);
    second.subscribe(() => {});
    expect(second.current()).toEqual({ value: 1, receivedAt: 7, state: 'live' });
    opened[0]?.onValue(2);
    expect(second.current().value).toBe(2);
    expect(opened).toHaveLength(1);
  });

  test('when the tab that leads goes, the next one connects and the old connection is closed', async () => {
    const sharing = createBrowser();
    const { opened, open } = createConnections();
    const first = createSharedFeed('feed', open, sharing);
    const second = createSharedFeed('feed', open, sharing);
    const leave = first.subscribe(() => {});
    second.subscribe(() => {});
    opened[0]?.onValue(1);
    leave();
    await vi.waitFor(() => expect(opened).toHaveLength(2));
    expect(opened[0]?.closed).toBe(true);
    opened[1]?.onValue(2);
    expect(second.current().value).toBe(2);
    expect(first.current().value).toBe(1);
  });
});

test('a lock granted to a tab that has just let go is passed on', async () => {
  const grants: (() => Promise<void>)[] = [];
  const sharing: TabSharing = {
    locks: {
      request: ((_name: string, _options: unknown, work: () => Promise<void>) =>
        new Promise((resolve) => grants.push(() => work().then(resolve)))) as unknown as LockManager['request'],
    },
    openChannel: () => ({ onmessage: null, postMessage: () => {}, close: () => {} }),
  };
  const { opened, open } = createConnections();
  const feed = createSharedFeed('feed', open, sharing);
  const leave = feed.subscribe(() => {});
  leave();
  await grants[0]?.();
  expect(opened).toHaveLength(0);
  feed.subscribe(() => {});
  void grants[1]?.();
  expect(opened).toHaveLength(1);
});

describe('one tab', () => {
  test('says reconnecting once it had a value, and opens anew after a pause that grows', () => {
    const { opened, open } = createConnections();
    const feed = createSharedFeed('feed', open, null);
    feed.subscribe(() => {});
    opened[0]?.onLost();
    expect(feed.current().state).toBe('connecting');
    vi.advanceTimersByTime(500);
    opened[1]?.onValue(1);
    opened[1]?.onState('connecting');
    expect(feed.current().state).toBe('reconnecting');
    opened[1]?.onLost();
    vi.advanceTimersByTime(500);
    expect(opened).toHaveLength(3);
    opened[2]?.onLost();
    vi.advanceTimersByTime(900);
    expect(opened).toHaveLength(3);
    vi.advanceTimersByTime(100);
    expect(opened).toHaveLength(4);
  });

  test('keeps the last value while it is away, and lets go with the last listener', () => {
    const { opened, open } = createConnections();
    const feed = createSharedFeed('feed', open, null);
    const stop = feed.subscribe(() => {});
    opened[0]?.onValue(5);
    opened[0]?.onLost();
    expect(feed.current()).toMatchObject({ value: 5, state: 'reconnecting' });
    stop();
    vi.advanceTimersByTime(60_000);
    expect(opened).toHaveLength(1);
  });
});
