import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';
import type { EventsView } from './events-view.ts';
import { TOOLBAR_CHOICE } from './toolbar-room.ts';
import type { ChangeView } from './use-events-view.ts';

const LANES = [
  { value: 'category', label: 'by category' },
  { value: 'eventType', label: 'by type' },
  { value: 'stream', label: 'by stream' },
  { value: 'actor', label: 'by actor' },
  { value: 'correlation', label: 'by correlation' },
] as const;

/** Lanes above the table and by what they are made, or the table alone. Small pages have only the table. */
export function ViewControl({ view, onChange }: { view: EventsView; onChange: ChangeView }) {
  const shown = view.view ?? 'lanes';
  return (
    <div className="flex items-center gap-2 max-sm:hidden">
      {shown === 'lanes' && (
        <Select
          label="Lanes"
          items={LANES}
          value={view.lanes ?? 'category'}
          onChange={(lanes) => onChange({ lanes: lanes === 'category' ? null : lanes })}
          className={TOOLBAR_CHOICE}
        />
      )}
      <Segmented
        label="View"
        items={[
          { value: 'lanes', label: 'Lanes' },
          { value: 'table', label: 'Table', title: 'View as table' },
        ]}
        value={shown}
        onChange={(next) => onChange({ view: next === 'lanes' ? null : 'table' })}
      />
    </div>
  );
}
