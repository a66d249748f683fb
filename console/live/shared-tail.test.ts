import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { TabSharing } from './shared-feed.ts';
import { createSharedTail } from './shared-tail.ts';
import type { OpenTail, TailFilter } from './tail-leader.ts';

const at = (value: number) => String(value) as Position;
const isAfter = (a: Position, b: Position) => Number(a) > Number(b);
const event = (position: number) =>
  ({ globalPosition: at(position), category: position % 2 === 0 ? 'even' : 'odd' }) as RecordedEvent;
const passes = (filter: TailFilter, { category }: RecordedEvent) => filter.category?.includes(category) ?? true;

/** A store, the streams that are open to it, and the tabs of one browser. */
function createWorld() {
  let head = 0;
  type Stream = { after: number; filters: TailFilter[]; handlers: Parameters<OpenTail>[1] };
  const streams = new Set<Stream>();
  let opened = 0;
  const open: OpenTail = ({ after, filters }, handlers) => {
    const stream = { after: Number(after), filters, handlers };
    streams.add(stream);
    opened += 1;
    handlers.onConnected();
    return { unsubscribe: () => void streams.delete(stream) };
  };
  const channels = new Set<{ onmessage: ((event: MessageEvent) => void) | null }>();
  const waiting: (() => void)[] = [];
  let held = false;
  const next = () => {
    held = false;
    waiting.shift()?.();
  };
  const sharing: TabSharing = {
    locks: {
      request: ((_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) =>
        new Promise((resolve, reject) => {
          const take = () => {
            if (signal.aborted) return next();
            held = true;
            void work().then(resolve).then(next);
          };
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
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
        close: () => void channels.delete(channel),
      };
      channels.add(channel);
      return channel;
    },
  };
  let tabs = 0;
  return {
    streams,
    opened: () => opened,
    head: () => head,
    append: (count: number) => {
      head += count;
    },
    /** The server hands out what it has. */
    deliver() {
      for (const stream of streams) {
        const events = Array.from({ length: head - stream.after }, (_, index) => event(stream.after + 1 + index));
        if (events.length === 0) continue;
        stream.after = head;
        const marked = events.map((one) => ({
          one,
          mask: stream.filters.reduce((mask, filter, index) => (passes(filter, one) ? mask | (1 << index) : mask), 0),
        }));
        const kept = marked.filter(({ mask }) => mask !== 0);
        stream.handlers.onPage({
          upTo: at(head),
          events: kept.map(({ one }) => one),
          masks: kept.map(({ mask }) => mask),
        });
      }
    },
    openTab(filter: TailFilter) {
      const heard: number[] = [];
      const said: string[] = [];
      tabs += 1;
      const follow = createSharedTail({
        open,
        isAfter,
        sharing,
        tab: `tab ${tabs}`,
        async *fetchBetween(part, { after, upTo }) {
          const [low, high] = [Number(after), Number(upTo)];
          const all = Array.from({ length: high - low }, (_, index) => event(low + 1 + index));
          await Promise.resolve();
          yield all.filter((one) => passes(part, one));
        },
      });
      const from = head;
      const { unsubscribe } = follow(filter, at(from), {
        onConnected: () => void said.push('connected'),
        onDisconnected: () => void said.push('disconnected'),
        onRefused: (message) => void said.push(message),
        onEvents: (events) => void heard.push(...events.map((one) => Number(one.globalPosition))),
      });
      return { heard, said, filter, from, close: unsubscribe };
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(100);

describe('one stream for the tails of all tabs', () => {
  test('seven tabs with two filters have one stream, and each hears what its filter lets through', async () => {
    const world = createWorld();
    const all = Array.from({ length: 4 }, () => world.openTab({}));
    const even = Array.from({ length: 3 }, () => world.openTab({ category: ['even'] }));
    await settle();
    world.append(4);
    world.deliver();
    await settle();
    expect(world.streams.size).toBe(1);
    expect(all.map((tab) => tab.heard)).toEqual(all.map(() => [1, 2, 3, 4]));
    expect(even.map((tab) => tab.heard)).toEqual(even.map(() => [2, 4]));
    expect(even[0]?.said).toEqual(['connected']);
  });

  test('whatever tabs come and go, and whoever leads, each hears every event of its filter once and in order', async () => {
    const step = fc.oneof(
      fc.constant({ kind: 'open' as const, filter: {} as TailFilter }),
      fc.constant({ kind: 'open' as const, filter: { category: ['even'] } as TailFilter }),
      fc.record({ kind: fc.constant('close' as const), which: fc.nat(5) }),
      fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.constant({ kind: 'deliver' as const }),
      fc.constant({ kind: 'settle' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = createWorld();
        const tabs: ReturnType<typeof world.openTab>[] = [];
        for (const one of steps) {
          if (one.kind === 'open') tabs.push(world.openTab(one.filter));
          else if (one.kind === 'close') tabs.splice(one.which, 1)[0]?.close();
          else if (one.kind === 'append') world.append(one.count);
          else if (one.kind === 'deliver') world.deliver();
          else await settle();
        }
        await settle();
        world.append(1);
        world.deliver();
        await settle();
        for (const tab of tabs) {
          const expected = Array.from({ length: world.head() - tab.from }, (_, index) => tab.from + 1 + index).filter(
            (position) => passes(tab.filter, event(position)),
          );
          expect(tab.heard).toEqual(expected);
        }
        expect(world.streams.size).toBe(tabs.length > 0 ? 1 : 0);
        for (const tab of tabs) tab.close();
      }),
      { numRuns: 60 },
    );
  });

  test('a lost connection is told to every tab; a refused filter to its own alone', async () => {
    const world = createWorld();
    const one = world.openTab({});
    const other = world.openTab({ where: 'data. >' });
    await settle();
    const [stream] = world.streams;
    stream?.handlers.onRefusedFilters([{ index: 1, message: 'where is wrong' }]);
    stream?.handlers.onDisconnected();
    expect(other.said).toEqual(['connected', 'where is wrong', 'disconnected']);
    expect(one.said).toEqual(['connected', 'disconnected']);
    stream?.handlers.onConnected();
    await settle();
    expect(one.said.at(-1)).toBe('connected');
  });

  test('the seventeenth filter is refused by name rather than left to wait', async () => {
    const world = createWorld();
    const tabs = Array.from({ length: 17 }, (_, index) => world.openTab({ q: `word ${index}` }));
    await settle();
    expect(tabs.at(-1)?.said.at(-1)).toMatch(/16 other filters/);
    expect(tabs[0]?.said).toEqual(['connected']);
  });
});
