'use client';

import { type LucideIcon, X, ZoomIn, ZoomOut } from 'lucide-react';
import { DateTimeField } from '#console/date-time-field.tsx';
import { Button } from '#console/ui/button.tsx';
import { Select } from '#console/ui/select.tsx';
import { type EventsView, RANGES, type RangeName } from './events-view.ts';
import { TOOLBAR_CHOICE, TOOLBAR_TIME } from './toolbar-room.ts';
import type { ChangeView } from './use-events-view.ts';
import type { Timeline } from './use-timeline.ts';

const ITEMS = [
  ...Object.entries(RANGES).map(([value, { label }]) => ({ value: value as RangeName | 'custom', label })),
  { value: 'custom' as const, label: 'from, to' },
];

type Props = {
  view: EventsView;
  onChange: ChangeView;
  timeline: Pick<Timeline, 'zoomIn' | 'zoomOut'>;
  /** The two fields stand here; on small pages they stand with the filters. */
  withFields: boolean;
};

/** The stretch of time: relative by a list, absolute by two fields, never both. */
export function TimeControls({ view, onChange, timeline, withFields }: Props) {
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
        className={TOOLBAR_CHOICE}
      />
      {withFields && <TimeFields view={view} onChange={onChange} />}
      {custom && <IconButton Icon={X} label="Remove the stretch" onClick={() => onChange({ from: null, to: null })} />}
      {timeline.zoomIn !== null && <IconButton Icon={ZoomIn} label="Zoom to the stretch" onClick={timeline.zoomIn} />}
      {timeline.zoomOut !== null && <IconButton Icon={ZoomOut} label="Zoom out" onClick={timeline.zoomOut} />}
    </div>
  );
}

function IconButton({ Icon, label, onClick }: { Icon: LucideIcon; label: string; onClick(): void }) {
  return (
    <Button variant="ghost" icon title={label} aria-label={label} onClick={onClick}>
      <Icon strokeWidth={1.75} aria-hidden />
    </Button>
  );
}

/** The stretch of time as two fields. */
export function TimeFields({ view, onChange }: { view: EventsView; onChange: ChangeView }) {
  return (
    <>
      <DateTimeField
        label="from"
        placeholder="from"
        value={view.from}
        onChange={(from) => onChange({ from, range: null, live: false })}
        className={view.from === null ? TOOLBAR_TIME : 'w-47'}
      />
      <DateTimeField
        label="to"
        placeholder="to"
        value={view.to}
        onChange={(to) => onChange({ to, range: null, live: false })}
        className={view.to === null ? TOOLBAR_TIME : 'w-47'}
      />
    </>
  );
}
