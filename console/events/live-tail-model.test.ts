import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import * as tail from './live-tail-model.ts';
import { isAfter, justAfter } from './position-order.ts';

const position = (value: number) => String(value) as Position;
const event = (value: number) =>
  ({ globalPosition: position(value), eventType: value % 2 === 0 ? 'Even' : 'Odd' }) as RecordedEvent;
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => event(from + index));
const positions = (list: readonly RecordedEvent[]) => list.map((item) => Number(item.globalPosition));
const begun = () => tail.startTail(position(10), position(11));

describe('order', () => {
  test('positions compare as numbers, past what a number can hold', () => {
    expect(isAfter(position(10), position(9))).toBe(true);
    expect(isAfter(position(9), position(10))).toBe(false);
    expect(justAfter('1099511627775' as Position)).toBe('1099511627776');
  });
});

describe('receiving', () => {
  test('shows each event once, newest first, whatever overlap a resumed connection repeats', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 12 }), (resumedAt) => {
        let state = tail.connected(begun(), null);
        for (const start of [...resumedAt, 60]) {
          const from = Math.min(start, Number(state.cursor)) + 1;
          state = tail.flush(tail.received(tail.connected(tail.disconnected(state), null), events(from, 60)));
        }
        expect(positions(state.shown)).toEqual(positions(events(11, 60)).toReversed());
      }),
    );
  });

  test('an event that the filter refuses moves the cursor and is not shown', () => {
    const state = tail.flush(tail.received(begun(), events(11, 13), (item) => item.eventType === 'Even'));
    expect(positions(state.shown)).toEqual([12]);
    expect(state.cursor).toBe('13');
  });

  test('a page too large for one batch is sampled with the newest in it, and says one in how many', () => {
    const state = tail.flush(tail.received(tail.connected(begun(), null), events(11, 1010)));
    expect(state.shown).toHaveLength(200);
    expect(positions(state.shown)[0]).toBe(1010);
    expect(state.sampled).toEqual({ every: 5, hidden: 800 });
    expect(tail.tailWords(state)).toEqual({ word: 'LIVE', detail: 'sampled 1 in 5' });
  });

  test('once it keeps up again it says so, and still knows how many it hid', () => {
    const sampled = tail.flush(tail.received(tail.connected(begun(), null), events(11, 1010)));
    const calm = tail.flush(tail.received(sampled, events(1011, 1012)));
    expect(tail.tailWords(calm)).toEqual({ word: 'LIVE', detail: '' });
    expect(calm.sampled).toEqual({ every: 1, hidden: 800 });
  });

  test('the ring keeps 5,000 and hands the rest to the table without a seam', () => {
    let state = tail.connected(begun(), null);
    for (let from = 11; from < 6011; from += 200) state = tail.flush(tail.received(state, events(from, from + 199)));
    expect(state.shown).toHaveLength(tail.RING_MAX);
    expect(Number(state.tableBefore)).toBe(positions(state.shown).at(-1));
  });
});

describe('states in words', () => {
  test('fills the gap up to the mark of the moment it connected, then is live', () => {
    let state = tail.connected(begun(), position(20));
    expect(tail.tailWords(state).word).toBe('GAP-FILLING');
    state = tail.received(state, events(11, 15));
    expect(tail.tailWords(state).word).toBe('GAP-FILLING');
    state = tail.received(state, events(16, 20));
    expect(tail.tailWords(state).word).toBe('LIVE');
  });

  test('a gap in which the filter lets nothing through ends when it is quiet', () => {
    const state = tail.quiet(tail.connected(begun(), position(20)));
    expect(tail.tailWords(state).word).toBe('LIVE');
  });

  test('a lost connection is RECONNECTING from the cursor', () => {
    const state = tail.disconnected(tail.received(tail.connected(begun(), null), events(11, 14)));
    expect(tail.tailWords(state)).toEqual({ word: 'RECONNECTING', detail: 'from 14' });
  });

  test('ENDED stays ended whatever comes after', () => {
    const state = tail.connected(tail.disconnected(tail.ended(begun(), 'category is wrong')), position(30));
    expect(tail.tailWords(state)).toEqual({ word: 'ENDED', detail: 'category is wrong' });
  });
});

describe('pausing', () => {
  test('holds the screen still and counts what comes', () => {
    const live = tail.flush(tail.received(tail.connected(begun(), null), events(11, 12)));
    const paused = tail.flush(tail.received(tail.pause(live, 'scroll'), events(13, 1296)));
    expect(positions(paused.shown)).toEqual([12, 11]);
    expect(tail.tailWords(paused)).toEqual({ word: 'PAUSED', detail: '1,284 new' });
  });

  test('going on shows all that waited, unsampled', () => {
    const paused = tail.received(tail.pause(tail.connected(begun(), null), 'hand'), events(11, 1010));
    const resumed = tail.resume(paused);
    expect(resumed.shown).toHaveLength(1000);
    expect(resumed).toMatchObject({ newCount: 0, paused: null, sampled: null });
  });

  test('what overflowed while paused is fetched by the table, without a seam', () => {
    let state = tail.pause(tail.connected(begun(), null), 'select');
    for (let from = 11; from < 8011; from += 1000) state = tail.received(state, events(from, from + 999));
    const resumed = tail.resume(state);
    expect(resumed.shown).toHaveLength(tail.RING_MAX);
    expect(Number(resumed.tableBefore)).toBe(positions(resumed.shown).at(-1));
  });
});
