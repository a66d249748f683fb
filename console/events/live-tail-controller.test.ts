import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { createTailController, type TailHandlers } from './live-tail-controller.ts';
import { tailWords } from './live-tail-model.ts';

const at = (value: number) => String(value) as Position;
const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ globalPosition: at(from + index) }) as RecordedEvent);

function start(latest: number | null = null) {
  const opened: { after: Position; handlers: TailHandlers; closed: boolean }[] = [];
  const controller = createTailController({
    source(after, handlers) {
      const entry = { after, handlers, closed: false };
      opened.push(entry);
      return {
        unsubscribe() {
          entry.closed = true;
        },
      };
    },
    mark: at(10),
    tableBefore: at(11),
    matches: () => true,
    latestMark: () => (latest === null ? null : at(latest)),
  });
  const last = () => {
    const entry = opened.at(-1);
    if (entry === undefined) throw new Error('nothing was opened');
    return entry;
  };
  return { controller, opened, last, word: () => tailWords(controller.getSnapshot()).word };
}

describe('live tail', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('puts at most ten batches a second on the screen', () => {
    const { controller, last } = start();
    let changes = 0;
    let shown = 0;
    controller.subscribe(() => {
      const now = controller.getSnapshot().shown.length;
      if (now !== shown) changes++;
      shown = now;
    });
    last().handlers.onConnected();
    for (let index = 0; index < 100; index++) {
      last().handlers.onEvents(events(11 + index, 11 + index));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(100);
    expect(shown).toBe(100);
    expect(changes).toBeLessThanOrEqual(11);
  });

  test('is gap-filling until the mark is reached or it is quiet', () => {
    const { last, word } = start(20);
    last().handlers.onConnected();
    last().handlers.onEvents(events(11, 12));
    expect(word()).toBe('GAP-FILLING');
    vi.advanceTimersByTime(1000);
    expect(word()).toBe('LIVE');
  });

  test('a stream that the server closed is opened again from the cursor', () => {
    const { opened, last, word } = start();
    last().handlers.onConnected();
    last().handlers.onEvents(events(11, 14));
    last().handlers.onClosed();
    expect(word()).toBe('RECONNECTING');
    vi.advanceTimersByTime(2000);
    expect(opened.map((entry) => entry.after)).toEqual(['10', '14']);
  });

  test('a refused request is ENDED', () => {
    const { last, word } = start();
    last().handlers.onRefused('category must begin with a letter');
    expect(word()).toBe('ENDED');
  });

  test('a stopped tail lets its connection go and opens no other', () => {
    const { controller, opened, last } = start();
    last().handlers.onClosed();
    controller.stop();
    vi.advanceTimersByTime(10_000);
    expect(opened).toHaveLength(1);
    expect(last().closed).toBe(true);
  });
});
