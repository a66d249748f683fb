import { describe, expect, test } from 'vitest';
import type { EventsPage } from '#server/explorer/explorer.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import {
  firstPageKey,
  nextPageKey,
  PAGE_ROWS,
  type PageKey,
  pageWanted,
  previousPageKey,
  rowWindow,
} from './keyset-window.ts';

const at = (value: number) => String(value) as Position;

/** A store of positions 1 to `total`, read backward as the server does. */
const page = (key: PageKey, total: number): EventsPage => {
  const newest = Math.min(Number(key.before) - 1, total);
  const length = Math.max(0, Math.min(PAGE_ROWS, newest));
  const events = Array.from({ length }, (_, index) => ({ globalPosition: at(newest - index) }) as RecordedEvent);
  return { events, nextAfter: newest - length > 0 ? at(newest - length + 1) : null };
};

const read = (total: number) => {
  const keys: PageKey[] = [];
  const pages: EventsPage[] = [];
  let key: PageKey | undefined = firstPageKey(at(total + 1));
  while (key) {
    const answer = page(key, total);
    keys.push(key);
    pages.push(answer);
    key = nextPageKey(key, answer);
  }
  return { keys, pages };
};

describe('keyset pages', () => {
  test('walk the store from the newest to the first event, each once', () => {
    const { pages } = read(1050);
    const positions = pages.flatMap((answer) => answer.events.map((event) => Number(event.globalPosition)));
    expect(positions).toEqual(Array.from({ length: 1050 }, (_, index) => 1050 - index));
  });

  test('a page let go above is fetched again with the same rows', () => {
    const { keys, pages } = read(1050);
    const third = keys[2];
    expect(third && previousPageKey(third)).toEqual(keys[1]);
    expect(keys[1] && page(keys[1], 1050)).toEqual(pages[1]);
    expect(keys[0] && previousPageKey(keys[0])).toBeUndefined();
  });

  test('an empty page is the end', () => {
    expect(nextPageKey(firstPageKey(at(5)), { events: [], nextAfter: at(3) })).toBeUndefined();
  });
});

describe('rowWindow', () => {
  test('rows keep their index when pages above them are let go', () => {
    const { keys, pages } = read(1050);
    const window = rowWindow(pages.slice(2), keys.slice(2));
    expect(window.rowsAbove).toBe(400);
    expect(window.rows[0]?.globalPosition).toBe(at(650));
    expect(window.atEnd).toBe(true);
  });

  test('asks for what comes into view, above and below', () => {
    const { keys, pages } = read(3000);
    const window = rowWindow(pages.slice(2, 6), keys.slice(2, 6));
    expect(pageWanted(window, { first: 420, last: 450 })).toBe('previous');
    expect(pageWanted(window, { first: 700, last: 730 })).toBe(null);
    expect(pageWanted(window, { first: 1150, last: 1190 })).toBe('next');
  });

  test('asks for nothing at either end', () => {
    const { keys, pages } = read(300);
    const window = rowWindow(pages, keys);
    expect(pageWanted(window, { first: 0, last: 20 })).toBe(null);
    expect(pageWanted(window, { first: 280, last: 299 })).toBe(null);
  });
});
