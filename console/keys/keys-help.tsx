'use client';

import { useMounted, useSettings } from '#console/settings.tsx';
import { Checkbox } from '#console/ui/checkbox.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Kbd } from '#console/ui/kbd.tsx';
import { type KeyBinding, useKeyBindings } from './keys.tsx';
import { keyCaps } from './keys-model.ts';

/** Every key that works on this page, and the switch that turns them all off. */
export function KeysHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const bindings = useKeyBindings();
  const { settings, change } = useSettings();
  const mac = useMounted() && navigator.platform.startsWith('Mac');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      className="w-[800px]"
      reading
      foot={
        <Checkbox
          checked={settings.keys === 'on'}
          onChange={(on) => change({ keys: on ? 'on' : 'off' })}
          className="mr-auto"
        >
          Keys are on
        </Checkbox>
      }
    >
      <div className="gap-x-8 pt-1 sm:columns-2">
        {byGroup(bindings).map(([group, members]) => (
          <section key={group} className="break-inside-avoid pb-5">
            <h3 className="pb-1 font-medium text-ink-3 text-small">{group}</h3>
            <dl>
              {members.map(({ keys, label }) => (
                <div
                  key={keys}
                  className="flex min-h-7 items-center justify-between gap-3 border-line border-b last:border-b-0"
                >
                  <dt className="min-w-0">{label}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keyCaps(keys, mac).map((cap, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a sequence may name a key twice and never changes
                      <Kbd key={index}>{cap}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function byGroup(bindings: readonly KeyBinding[]): [string, KeyBinding[]][] {
  const groups = new Map<string, KeyBinding[]>();
  for (const binding of bindings) groups.set(binding.group, [...(groups.get(binding.group) ?? []), binding]);
  // The pages are the longest, and the same everywhere: they stand behind what is special here, in a column of their own.
  return [...groups].sort(([a], [b]) => Number(a === 'Go to') - Number(b === 'Go to'));
}
