'use client';

import { X } from 'lucide-react';
import { DateTimeField } from '#console/date-time-field.tsx';
import { Button } from '#console/ui/button.tsx';
import { Select } from '#console/ui/select.tsx';
import { type EventsView, RANGES, type RangeName } from './events-view.ts';
import type { ChangeView } from './use-events-view.ts';

const ITEMS = [
  ...Object.entries(RANGES).map(([value, { label }]) => ({ value: value as RangeName | 'custom', label })),
  { value: 'custom' as const, label: 'from, to' },
];

/** The stretch of time: relative by a list, absolute by two fields, never both. */
export function TimeControls({ view, onChange }: { view: EventsView; onChange: ChangeView }) {
  const custom = view.from !== null || view.to !== null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Stretch of time"
        items={custom ? ITEMS : ITEMS.slice(0, -1)}
        value={custom ? 'custom' : (view.range ?? 'all')}
        onChange={(value) => {
          if (value !== 'custom') {
            onChange({ range: value === 'all' ? null : value, from: null, to: null, zoom: null });
          }
        }}
        className="w-34"
      />
      <DateTimeField
        label="from"
        placeholder="from"
        value={view.from}
        onChange={(from) => onChange({ from, range: null, live: false })}
        className={view.from === null ? 'w-24' : 'w-47'}
      />
      <DateTimeField
        label="to"
        placeholder="to"
        value={view.to}
        onChange={(to) => onChange({ to, range: null, live: false })}
        className={view.to === null ? 'w-24' : 'w-47'}
      />
      {custom && (
        <Button
          variant="ghost"
          icon
          title="Remove the stretch"
          aria-label="Remove the stretch"
          onClick={() => onChange({ from: null, to: null })}
        >
          <X strokeWidth={1.75} aria-hidden />
        </Button>
      )}
    </div>
  );
}
