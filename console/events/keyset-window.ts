import type { EventsPage } from '#server/explorer/explorer.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';

/** Rows of one page, and pages held at once: a window of 10,000 rows, past which browsers stop scrolling well. */
export const PAGE_ROWS = 200;
export const PAGES_MAX = 50;

/** Where a page begins. `trail` are the bounds of all pages before it, so that a page let go can be fetched again. */
export type PageKey = { before: Position; trail: readonly Position[] };

/** The newest page: events before `before` (exclusive). */
export function firstPageKey(before: Position): PageKey {
  return { before, trail: [] };
}

/** The page after one that answered with `nextAfter`; undefined at the end. */
export function nextPageKey(key: PageKey, answer: EventsPage): PageKey | undefined {
  if (answer.nextAfter === null || answer.events.length === 0) return undefined;
  return { before: answer.nextAfter, trail: [...key.trail, key.before] };
}

/** The page before; undefined at the first. Events at or below a position never change, so it has the same rows again. */
export function previousPageKey(key: PageKey): PageKey | undefined {
  const before = key.trail.at(-1);
  return before === undefined ? undefined : { before, trail: key.trail.slice(0, -1) };
}

/** The rows held, and how many stand above them that were let go. */
export type RowWindow = { rowsAbove: number; rows: RecordedEvent[]; atEnd: boolean };

/** Flattens the pages held. All pages but the last are full, so the number of rows above follows from the trail. */
export function rowWindow(pages: readonly EventsPage[], keys: readonly PageKey[]): RowWindow {
  const last = pages.at(-1);
  const lastKey = keys.at(-1);
  return {
    rowsAbove: (keys[0]?.trail.length ?? 0) * PAGE_ROWS,
    rows: pages.flatMap((page) => page.events),
    atEnd: last !== undefined && lastKey !== undefined && nextPageKey(lastKey, last) === undefined,
  };
}

/** What the table should fetch for the rows in view, with `margin` rows of foresight. */
export function pageWanted(
  window: RowWindow,
  view: { first: number; last: number },
  margin = PAGE_ROWS / 2,
): 'previous' | 'next' | null {
  if (window.rowsAbove > 0 && view.first - margin < window.rowsAbove) return 'previous';
  if (!window.atEnd && view.last + margin >= window.rowsAbove + window.rows.length) return 'next';
  return null;
}
