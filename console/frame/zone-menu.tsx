'use client';

import { Combobox } from '@base-ui/react/combobox';
import { Check, Globe } from 'lucide-react';
import { useState } from 'react';
import { formatOffset, zoneCity } from '#console/format-time.ts';
import { useMounted, useSettings, useZone } from '#console/settings.tsx';
import { buttonClass } from '#console/ui/button.tsx';
import { INPUT_CLASS } from '#console/ui/input.tsx';

const SHOWN_MAX = 60;

/** The zone of every time in the console, with its offset; a click chooses another. */
export function ZoneMenu() {
  const { settings, change } = useSettings();
  const zone = useZone();
  const mounted = useMounted();
  const [open, setOpen] = useState(false);
  const shown = mounted || settings.zone !== 'local';
  return (
    <Combobox.Root
      items={open ? allZones() : []}
      value={settings.zone}
      onValueChange={(next) => {
        if (next !== null) change({ zone: next });
      }}
      open={open}
      onOpenChange={(next) => setOpen(next)}
      itemToStringLabel={labelOf}
      limit={SHOWN_MAX}
    >
      <Combobox.Trigger
        aria-label={`Time zone: ${shown ? zone : 'of this browser'}`}
        className={buttonClass({ variant: 'ghost' })}
        title={shown ? zone : undefined}
      >
        <Globe strokeWidth={1.75} aria-hidden />
        {shown ? zoneCity(zone) : 'Local'}
        {shown ? <span className="mono font-normal">{offsetNow(zone)}</span> : null}
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} align="end" className="z-50">
          <Combobox.Popup
            aria-label="Time zone"
            className="enter-float flex max-h-[min(24rem,var(--available-height))] w-72 flex-col rounded-card bg-raised shadow-float outline-hidden"
          >
            <div className="p-2">
              <Combobox.Input placeholder="Find a zone" aria-label="Find a zone" className={INPUT_CLASS} />
            </div>
            <Combobox.Empty className="empty:hidden px-3.5 pb-3 text-ink-3">No zone has that name.</Combobox.Empty>
            <Combobox.List className="min-h-0 overflow-y-auto px-1 pb-1 empty:hidden">
              {(item: string) => (
                <Combobox.Item
                  key={item}
                  value={item}
                  className="grid min-h-7 cursor-default grid-cols-[1rem_1fr_auto] items-center gap-1.5 rounded-badge py-0.5 pr-2.5 pl-1.5 outline-hidden data-highlighted:bg-sunken dark:data-highlighted:bg-line"
                >
                  <Combobox.ItemIndicator>
                    <Check size={14} strokeWidth={1.75} aria-hidden />
                  </Combobox.ItemIndicator>
                  <span className="col-start-2 truncate">{labelOf(item)}</span>
                  <span className="mono text-ink-3 text-small">{offsetNow(item)}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function offsetNow(zone: string): string {
  return formatOffset(Date.now(), zone);
}

function labelOf(zone: string): string {
  return zone === 'local' ? 'This browser' : zone.replaceAll('_', ' ');
}

function allZones(): string[] {
  return ['local', 'UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}
