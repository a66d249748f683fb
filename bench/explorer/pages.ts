import type { Served } from './serve-store.ts';
import { correlationOf, LONG_STREAM, suffixOf } from './stores.ts';
import type { Wanted } from './watch-page.ts';

/** An event and its stream, of the newer part of the history, as operators open them. */
export type Ordinary = { globalPosition: string; streamId: string };

const ROW = { selector: '[role="grid"] tr[data-index="0"] td', text: '\\S' };
const LANES = { selector: 'ul[aria-label="Lanes"] li' };
const STATE = { selector: '[role="tree"][aria-label^="State at version"]' };
const NOTHING_AWAITED = { selector: 'main .appear-late', absent: true };

/** The events page with all of the history. */
export const ALL_EVENTS = '/events?range=all';
export const EVENTS_PAGE: Wanted = [LANES, { selector: 'canvas' }, ROW];

/** What is awaited of an event that was opened: what it says, what caused it, what it changed. */
export const OPENED: Wanted = [
  { selector: '[aria-label^="Data of"]' },
  { selector: 'ul[aria-label="Caused by"] li' },
  NOTHING_AWAITED,
];

type Page = { name: string; path(served: Served, ordinary: Ordinary): string; wanted: Wanted };

/** Pages by the time to their first useful paint: until they show what they are opened for. */
export const PAGES: readonly Page[] = [
  { name: 'timeline', path: () => ALL_EVENTS, wanted: [LANES, { selector: 'canvas' }] },
  { name: 'table', path: () => `${ALL_EVENTS}&view=table`, wanted: [ROW] },
  {
    name: 'facets',
    path: () => `${ALL_EVENTS}&view=table`,
    wanted: [
      { selector: 'aside[aria-label="Filters"] section ul li' },
      ...['Actor', 'Stream', 'Correlation'].map((name) => ({ selector: `section[aria-label="${name}"] ul li` })),
    ],
  },
  { name: 'streams', path: () => '/streams', wanted: [ROW] },
  { name: 'streams-by-growth', path: () => '/streams?sort=growth', wanted: [ROW] },
  { name: 'stream', path: (_, { streamId }) => `/streams/${streamId}`, wanted: [STATE] },
  { name: 'long-stream', path: ({ store }) => `/streams/${LONG_STREAM}${suffixOf(store)}`, wanted: [STATE] },
  { name: 'correlation', path: ({ store }) => `/traces/${correlationOf(store)}`, wanted: [ROW] },
  { name: 'event-page', path: (_, { globalPosition }) => `/events/${globalPosition}`, wanted: OPENED },
];

/** What is awaited of a step to a version: its state, and the difference to the one before. */
export const stateAt = (version: number): Wanted => [
  { selector: `[role="tree"][aria-label="State at version ${version}"]` },
  { selector: 'main section[aria-busy="true"]', absent: true },
];

/** An order of the newer part of the history. */
export async function findOrdinary({ store, address, authorization }: Served): Promise<Ordinary> {
  for (let position = Math.floor(store.events * 0.95); position < store.events; position += 1) {
    const answer = await fetch(`${address}/api/v1/events/${position}`, { headers: { authorization } });
    const { streamId } = (await answer.json()) as { streamId?: string };
    if (streamId?.startsWith('order-')) return { globalPosition: String(position), streamId };
  }
  throw new Error(`${store.name} has no order`);
}
