'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { CornerDownLeft, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { signOut } from '#console/account/sign-out.ts';
import { useShownTheme } from '#console/frame/theme-button.tsx';
import { useSettings } from '#console/settings.tsx';
import { Kbd } from '#console/ui/kbd.tsx';
import { usePaletteGroups } from './palette-groups.ts';
import type { PaletteItem } from './palette-model.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void; onKeys: () => void };

/** Finds pages, streams, events, projections and commands one may send; Enter goes there. */
export function Palette({ open, onOpenChange, onKeys }: Props) {
  // Whoever goes to a page is there then, and not back where the palette was opened.
  const leaves = useRef(false);
  const onGone = () => {
    const content = leaves.current ? document.getElementById('content') : null;
    leaves.current = false;
    return content ?? true;
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          className="enter-float -translate-x-1/2 fixed top-[10vh] left-1/2 z-50 w-[600px] max-w-[calc(100vw-1.5rem)] overflow-hidden rounded-card bg-raised shadow-float outline-hidden"
          finalFocus={onGone}
        >
          <Dialog.Title className="sr-only">Find or run</Dialog.Title>
          <PaletteBody
            open={open}
            onDone={(goes) => {
              leaves.current = goes;
              onOpenChange(false);
            }}
            onKeys={onKeys}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type BodyProps = { open: boolean; onDone: (goes: boolean) => void; onKeys: () => void };

function PaletteBody({ open, onDone, onKeys }: BodyProps) {
  const router = useRouter();
  const [text, setText] = useState('');
  const { groups, searching, failed } = usePaletteGroups(text, open, useHere(onKeys));
  // Until somebody moves, the first is chosen: answers that come later must not leave the choice far below.
  const [moved, setMoved] = useState<string | null>(null);
  const chosen = moved ?? groups[0]?.items[0]?.id ?? '';
  const choose = ({ target }: PaletteItem) => {
    onDone(target.kind === 'go');
    if (target.kind === 'go') router.push(target.href);
    else target.run();
  };
  return (
    <Command
      shouldFilter={false}
      loop
      // Ctrl+K would move the choice, and be lost to the page while a palette that was closed is still going.
      vimBindings={false}
      value={chosen}
      onValueChange={(next) => setMoved(next === chosen ? moved : next)}
      label="Find or run"
      className="flex max-h-[70vh] flex-col"
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-3" />
        <Command.Input
          value={text}
          onValueChange={(next) => {
            setText(next);
            setMoved(null);
          }}
          placeholder="A page, a stream, a position, a command"
          className="h-12 grow bg-transparent text-title font-normal outline-hidden placeholder:text-ink-3"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="min-h-0 overflow-y-auto p-1.5">
        {groups.map(({ heading, items }) => (
          <Command.Group
            key={heading}
            heading={heading}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-small"
          >
            {items.map((item) => (
              <Command.Item
                key={item.id}
                value={item.id}
                onSelect={() => choose(item)}
                className="group flex min-h-8 cursor-default items-center gap-2.5 rounded-control px-2.5 data-[selected=true]:bg-sunken dark:data-[selected=true]:bg-line touch:min-h-11"
              >
                <span className="min-w-0 truncate">{item.label}</span>
                {item.note === undefined ? null : (
                  <span className="min-w-0 truncate text-ink-3 text-small">{item.note}</span>
                )}
                <CornerDownLeft
                  size={13}
                  strokeWidth={1.75}
                  aria-hidden
                  className="ml-auto hidden shrink-0 text-ink-3 group-data-[selected=true]:block"
                />
              </Command.Item>
            ))}
          </Command.Group>
        ))}
        {searching ? <div className="appear-late px-2.5 py-2 text-ink-3 text-small">Searching streams…</div> : null}
        {failed ? (
          <div className="px-2.5 py-2 text-bad text-small">Streams and events could not be searched.</div>
        ) : null}
      </Command.List>
    </Command>
  );
}

/** What can be done without going anywhere. */
function useHere(onKeys: () => void): PaletteItem[] {
  const { settings, change } = useSettings();
  const { toggle } = useShownTheme();
  const run = (id: string, label: string, note: string, action: () => void): PaletteItem => ({
    id,
    label,
    note,
    target: { kind: 'run', run: action },
  });
  return [
    run('theme', 'Light or dark', 'theme', toggle),
    run('theme-system', 'Light or dark as the system has it', 'theme', () => change({ theme: 'system' })),
    run('zone', settings.zone === 'UTC' ? 'Times in the zone of this browser' : 'Times in UTC', 'time zone', () =>
      change({ zone: settings.zone === 'UTC' ? 'local' : 'UTC' }),
    ),
    run('link', 'Copy the address of this page', 'link', () => {
      navigator.clipboard.writeText(window.location.href).catch(() => {});
    }),
    run('sign-out', 'Sign out', 'ends this session', () => void signOut()),
    run('keys', 'Keys of this page', 'help', onKeys),
  ];
}
