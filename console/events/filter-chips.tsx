'use client';

import { X } from 'lucide-react';
import { shortenId } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { activeFilters, type EventsView, type FilterName, RANGES, without } from './events-view.ts';
import type { ChangeView } from './use-events-view.ts';

export const FILTER_NOUN: Record<FilterName, string> = {
  range: 'range',
  time: 'time',
  category: 'category',
  type: 'type',
  stream: 'stream',
  corr: 'correlation',
  actor: 'actor',
  q: 'text',
  where: 'where',
  pos: 'positions',
};

/** What is filtered by, each with its way out. Range and time have controls of their own. */
export function FilterChips({ view, onChange }: { view: EventsView; onChange: ChangeView }) {
  const zone = useZone();
  const filters = activeFilters(view).filter((filter) => filter !== 'range' && filter !== 'time');
  return filters.map((filter) => (
    <span
      key={filter}
      className="inline-flex h-7 max-w-64 items-center gap-1.5 rounded-control border border-line-2 bg-surface ps-2 pe-1"
    >
      <span className="text-ink-3">{FILTER_NOUN[filter]}</span>
      <span className="truncate font-medium">{filterValue(view, filter, zone)}</span>
      <button
        type="button"
        aria-label={`Remove the filter by ${FILTER_NOUN[filter]}`}
        className="flex size-6 items-center justify-center rounded-badge text-ink-3 hover:text-ink"
        onClick={() => onChange(without(view, filter))}
      >
        <X size={13} strokeWidth={1.75} aria-hidden />
      </button>
    </span>
  ));
}

/** The value of a filter as people read it. */
export function filterValue(view: EventsView, filter: FilterName, zone: string): string {
  switch (filter) {
    case 'range':
      return RANGES[view.range ?? 'all'].label;
    case 'time': {
      const time = (at: string | null) => (at === null ? '…' : formatTime(at, zone, { date: 'always' }));
      return `${time(view.from)} to ${time(view.to)}`;
    }
    case 'category':
      return view.category.join(', ');
    case 'type':
      return view.type.join(', ');
    case 'stream':
      return view.stream ?? '';
    case 'corr':
      return shortenId(view.corr ?? '', 12, 4);
    case 'pos':
      return (view.pos ?? '').replace('~', ' to ');
    case 'actor':
    case 'q':
    case 'where':
      return view[filter] ?? '';
  }
}
