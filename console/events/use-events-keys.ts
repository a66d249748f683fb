'use client';

import { useKeys } from '#console/keys/keys.tsx';
import type { EventsView } from './events-view.ts';

type Options = { view: EventsView; close(): void; onLiveKey(): void };

/** The keys of the Events page; those of the table and the brush are bound where they act. */
export function useEventsKeys({ view, close, onLiveKey }: Options): void {
  useKeys([
    { keys: 'l', label: 'Follow new events, hold still, go on', group: 'Events', run: onLiveKey },
    { keys: '/', label: 'Filter', group: 'Events', run: focusFilter },
    { keys: 'Enter', label: 'Into the selected event', group: 'Events', run: focusInspector },
    ...(view.sel === null ? [] : [{ keys: 'Escape', label: 'Close the event', group: 'Events', run: close }]),
  ]);
}

function focusFilter() {
  document.querySelector<HTMLElement>('[data-filter-field]')?.focus();
}

/** From the table into the inspector, for whoever has no mouse. */
export function focusInspector() {
  document.querySelector<HTMLElement>('[data-inspector] a, [data-inspector] button')?.focus();
}
